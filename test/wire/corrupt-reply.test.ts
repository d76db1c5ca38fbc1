import { expect } from 'chai';
import { failure, until, within } from '../support/bounds';
import { atRest } from '../support/pool-counts';
import { useStage } from '../support/stage';

// The frame is sound and the document in it is not: what is thrown comes from the middle of an exchange.
const corruptions: Record<string, (reply: Buffer) => void> = {
  'an element of an unknown type': reply => reply.writeUInt8(0x55, 25),
  'a string that ends beyond the document': reply => reply.writeInt32LE(100_000, reply.indexOf('note\0') + 5),
  'a document without its end': reply => reply.writeUInt8(1, reply.length - 1)
};

describe('a reply that cannot be decoded', () => {
  const stage = useStage();

  for (const [corruption, corrupt] of Object.entries(corruptions)) {
    it(`rejects the call and closes the connection: ${corruption}`, async () => {
      const simulator = await stage.simulator();
      simulator.once('ping', (_command, reply, connection) => {
        const bytes = reply.frame({ note: 'sound' });
        corrupt(bytes);
        connection.write(bytes);
      });
      const client = stage.client(simulator.uri({ maxPoolSize: 1 }));
      await client.connect();
      const error = await failure(client.db('shop').command({ ping: 1 }), 2000);
      expect(error.name).to.match(/^(BSON|Mongo)\w*Error$/);
      const next = await within(4000, 'the next call', client.db('shop').command({ ping: 1 }));
      expect(next).to.have.property('ok', 1);
      expect(simulator.applications.length, 'the next call has another connection').to.equal(2);
      await until('the first is closed', () => simulator.openApplications.length === 1);
      expect(atRest(client)).to.equal(true);
    });
  }
});
