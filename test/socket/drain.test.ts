import { expect } from 'chai';
import { sleep, until, within } from '../support/bounds';
import { atRest } from '../support/pool-counts';
import type { Simulator } from '../support/simulator';
import type { SimulatedConnection } from '../support/simulator-connection';
import { frame, messageBody, OP_MSG } from '../support/simulator-wire';
import { useStage } from '../support/stage';

const BIG = { _id: 1, text: 'x'.repeat(15_000_000) };

type Script = (reply: Buffer, connection: SimulatedConnection) => Promise<void>;

/** Stops reading as soon as a big message starts, so that the client's `write` returns false; the rest is scripted. */
function whileDraining(simulator: Simulator, script: Script): void {
  simulator.on('insert', () => undefined);
  simulator.onHeader = ({ length, requestId }, connection) => {
    if (length < BIG.text.length) return;
    connection.stopReading();
    const header = { requestId: 1, responseTo: requestId, opCode: OP_MSG };
    void script(frame(header, messageBody({ ok: 1, n: 1 })), connection);
  };
}

const orders: Record<string, Script> = {
  'the whole reply before the socket drains': async (reply, connection) => {
    connection.write(reply);
    await sleep(60);
    connection.readOn();
  },
  'half of the reply before the socket drains': async (reply, connection) => {
    connection.write(reply.subarray(0, 20));
    await sleep(60);
    connection.readOn();
    await until('the message is there', () => connection.commands.some(({ name }) => name === 'insert'));
    connection.write(reply.subarray(20));
  },
  'a byte of the reply for each piece the socket drains': async (reply, connection) => {
    for (const byte of reply) {
      connection.write(Uint8Array.of(byte));
      connection.readOn();
      await new Promise(setImmediate);
      connection.stopReading();
    }
    connection.readOn();
  },
  'the reply in the tick in which the last of the message is read': async (reply, connection) => {
    await sleep(60);
    connection.readOn();
    await until('the message is there', () => connection.commands.some(({ name }) => name === 'insert'));
    connection.write(reply);
  }
};

describe('a reply that arrives while the socket still drains', () => {
  const stage = useStage();

  for (const [order, script] of Object.entries(orders)) {
    it(`settles the call: ${order}`, async () => {
      const simulator = await stage.simulator();
      const client = stage.client(simulator.uri({ maxPoolSize: 1, retryWrites: false }));
      await client.connect();
      whileDraining(simulator, script);
      const users = client.db('shop').collection<typeof BIG>('users');
      const { insertedId } = await within(5000, 'the insert', users.insertOne(BIG));
      expect(insertedId).to.equal(1);
      simulator.on('find', (command, reply) => reply.cursor([{ _id: command.filter._id }]));
      expect(await within(4000, 'the next call', users.findOne({ _id: 7 }))).to.deep.equal({ _id: 7 });
      await until('the pool is at rest', () => atRest(client));
    });
  }
});
