import { Socket } from 'node:net';
import { expect } from 'chai';
import { failure, until, within } from '../support/bounds';
import { MongoNetworkError, type MongoClient } from '../support/motor';
import { atRest } from '../support/pool-counts';
import { processEvents } from '../support/process-events';
import type { Simulator } from '../support/simulator';
import { pause } from '../support/simulator-reply';
import { useStage } from '../support/stage';

type Break = (simulator: Simulator) => void;

/** Breaks the handshakes of application connections: `reset` gets the bytes of the healthy reply. */
function breakHandshake(simulator: Simulator, bytes: number): void {
  simulator.on('handshake', (command, reply, connection) => {
    if (!command.speculativeAuthenticate) return simulator.hello.answer(reply, connection);
    connection.write(reply.frame(simulator.hello.document(connection, command)).subarray(0, bytes));
    setImmediate(() => connection.reset());
  });
}

const phases: Record<string, Break> = {
  'before the handshake is answered': simulator => breakHandshake(simulator, 0),
  'in the middle of the handshake': simulator => breakHandshake(simulator, 40),
  'right after the handshake': simulator => breakHandshake(simulator, 100_000),
  'before the command is answered': simulator => {
    simulator.on('find', (_command, _reply, connection) => connection.reset());
  },
  'in the middle of a header': simulator => {
    simulator.on('find', async (command, reply, connection) => {
      connection.write(reply.frame(command).subarray(0, 7));
      await pause('turn');
      connection.reset();
    });
  },
  'in the middle of a reply': simulator => {
    simulator.on('find', async (command, reply, connection) => {
      connection.write(reply.frame(command).subarray(0, 60));
      await pause('turn');
      connection.reset();
    });
  },
  'by the end of the stream in the middle of a reply': simulator => {
    simulator.on('find', async (command, reply, connection) => {
      connection.write(reply.frame(command).subarray(0, 60));
      await pause('turn');
      connection.end();
    });
  }
};

describe('a connection that is reset', () => {
  const stage = useStage();

  async function pair(options = {}): Promise<[Simulator, MongoClient]> {
    const simulator = await stage.simulator();
    return [
      simulator,
      stage.client(simulator.taggedUri({ retryReads: false, retryWrites: false, ...options }))
    ];
  }

  for (const [phase, breakIt] of Object.entries(phases)) {
    it(`is a network error to its callers, and no event of the process: ${phase}`, async () => {
      const [simulator, client] = await pair({ heartbeatFrequencyMS: 100 });
      const events = await processEvents(async () => {
        breakIt(simulator);
        const users = client.db('shop').collection('users');
        const calls = [users.findOne({}), users.findOne({}), users.findOne({})].map(call =>
          failure(call, 3000)
        );
        for (const error of await Promise.all(calls)) expect(error).to.be.instanceOf(MongoNetworkError);
        await until('the pool is at rest', () => atRest(client));
      });
      expect(events).to.deep.equal([]);
    });
  }

  it('is a network error when it was idle and nobody has noticed yet, or a good connection is taken', async () => {
    const [simulator, client] = await pair({ heartbeatFrequencyMS: 100 });
    const events = await processEvents(async () => {
      const users = client.db('shop').collection('users');
      for (let round = 0; round < 10; round++) {
        await users.findOne({}).catch((error: Error) => expect(error).to.be.instanceOf(MongoNetworkError));
        simulator.openApplications[0]?.reset();
        if (round % 2) await pause('turn');
      }
      await until('the pool is at rest', () => atRest(client));
      expect(await within(4000, 'a call', users.findOne({}))).to.equal(null);
    });
    expect(events).to.deep.equal([]);
  });

  it('is retried once where reads are retried', async () => {
    const [simulator, client] = await pair({ retryReads: true });
    simulator.once('find', (_command, _reply, connection) => connection.reset());
    const users = client.db('shop').collection('users');
    expect(await within(3000, 'the call', users.findOne({}))).to.equal(null);
    expect(simulator.commands('find').length).to.equal(2);
  });

  it('is a network error when write() itself throws', async () => {
    const [simulator, client] = await pair();
    await client.connect();
    const { write } = Socket.prototype;
    stage.after(() => (Socket.prototype.write = write));
    const events = await processEvents(async () => {
      Socket.prototype.write = function (this: Socket, ...rest: unknown[]): boolean {
        if (this.remotePort !== simulator.port) return Reflect.apply(write, this, rest);
        throw new Error('write failed');
      };
      const error = await failure(client.db('shop').collection('users').findOne({}), 3000);
      Socket.prototype.write = write;
      expect(error).to.be.instanceOf(MongoNetworkError);
      expect(error.cause).to.have.property('message', 'write failed');
      await until('the pool is at rest', () => atRest(client));
      expect(await within(3000, 'the next call', client.db('shop').collection('users').findOne({}))).to.equal(
        null
      );
    });
    expect(events).to.deep.equal([]);
  });
});
