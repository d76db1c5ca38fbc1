import { expect } from 'chai';
import { failure, until, within } from '../support/bounds';
import { FreezableClient } from '../support/freezable';
import { useStage } from '../support/stage';

// What other services say to a stranger. Read as a message's length, most of it is hundreds of megabytes to wait for.
const greetings: Record<string, Buffer> = {
  HTTP: Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n'),
  SSH: Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'),
  SMTP: Buffer.from('220 mail.example.org ESMTP\r\n'),
  Redis: Buffer.from("-ERR unknown command ';'\r\n"),
  'a MySQL of plausible length': Buffer.from(`\x4a\0\0\0\x0a8.0.36\0${'s'.repeat(70)}`, 'latin1')
};

describe('a peer that is not MongoDB', () => {
  const stage = useStage();
  const client = new FreezableClient();
  before(() => client.start());
  after(() => client.kill());

  for (const [name, greeting] of Object.entries(greetings)) {
    it(`is refused at once when it answers the handshake as ${name}`, async () => {
      const simulator = await stage.simulator();
      simulator.on('handshake', (command, reply, connection) => {
        if (command.speculativeAuthenticate) connection.write(greeting);
        else simulator.hello.answer(reply, connection);
      });
      const uri = simulator.taggedUri({ retryReads: false, maxAdaptiveRetries: 0 });
      const [attempt] = await client.findOne(uri);
      expect(attempt?.name).to.match(/^Mongo\w*Error$/);
      expect(attempt?.message).not.to.match(/timed out/);
      expect(attempt?.ms).to.be.below(2000);
      await until('the socket is closed', () => simulator.openApplications.length === 0);
    });

    it(`is refused at once when it answers a command as ${name}`, async () => {
      const simulator = await stage.simulator();
      simulator.once('find', (_command, _reply, connection) => connection.write(greeting));
      const [refused, next] = await client.findOne(simulator.uri({ retryReads: false }), 2);
      expect(refused?.name).to.match(/^Mongo\w*Error$/);
      expect(refused?.message).not.to.match(/timed out/);
      expect(refused?.ms).to.be.below(2000);
      expect(next).not.to.have.property('name');
      expect(simulator.applications.length, 'the next call has another connection').to.equal(2);
    });
  }

  it('fails the heartbeat at once when a monitor meets it', async () => {
    const simulator = await stage.simulator();
    simulator.on('handshake', (_command, _reply, connection) => connection.write(greetings.HTTP!));
    const client = stage.client(simulator.uri({ serverSelectionTimeoutMS: 800 }));
    const failed = new Promise<Error>(resolve =>
      client.on('serverHeartbeatFailed', event => resolve(event.failure))
    );
    const connected = failure(client.connect());
    expect((await within(4000, 'the failed heartbeat', failed)).message).not.to.match(/timed out/);
    expect((await connected).name).to.equal('MongoServerSelectionError');
  });
});
