import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { settle, within } from '../support/bounds';
import type { FindCursor, MongoClient } from '../support/motor';
import { useStage } from '../support/stage';

const documents = [{ _id: 1 }, { _id: 2 }];

const ways: Record<string, (cursor: FindCursor) => Promise<unknown>> = {
  toArray: async cursor => await cursor.toArray(),
  'for await': async cursor => {
    const read = [];
    for await (const document of cursor) read.push(document);
    return read;
  },
  forEach: async cursor => {
    const read: unknown[] = [];
    await cursor.forEach(document => void read.push(document));
    return read;
  },
  next: async cursor => {
    const read = [];
    for (let document; (document = await cursor.next());) read.push(document);
    return read;
  },
  hasNext: async cursor => {
    const read = [];
    while (await cursor.hasNext()) read.push(await cursor.next());
    return read;
  },
  stream: async cursor => {
    const read = [];
    for await (const document of cursor.stream()) read.push(document as unknown);
    return read;
  },
  jsonBuffer: async cursor => JSON.parse(String(await cursor.jsonBuffer())) as unknown,
  jsonStream: async cursor => JSON.parse(String(await buffer(cursor.jsonStream()))) as unknown
};

describe('a cursor whose client is closed', () => {
  const stage = useStage();

  /** @param id - zero when the first batch is all there is; `more` is zero when the second is the last */
  async function given(id: bigint, more = id): Promise<{ client: MongoClient; cursor: FindCursor }> {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, reply) => reply.cursor(documents, { id }));
    simulator.on('getMore', (_command, reply) => reply.cursor(documents, { id: more, batch: 'nextBatch' }));
    simulator.on('killCursors', () => ({ ok: 1 }));
    const client = stage.client(simulator.uri(), { monitorCommands: true });
    return { client, cursor: client.db('shop').collection('users').find() };
  }

  for (const [name, read] of Object.entries(ways)) {
    it(`does not pass for one at its end: ${name}, closed between two batches`, async () => {
      const { client, cursor } = await given(9n);
      const closed = new Promise(resolve => {
        client.on('commandSucceeded', ({ commandName }) => {
          if (commandName === 'getMore') resolve(client.close());
        });
      });
      const { value, error } = await within(4000, 'reading', settle(read(cursor)));
      await closed;
      expect(value).to.equal(undefined);
      expect(error?.name).to.equal('MongoClientClosedError');
    });

    it(`does not pass for an empty one: ${name}, closed before`, async () => {
      const { client, cursor } = await given(9n);
      await client.connect();
      await client.close();
      const { value, error } = await within(4000, 'reading', settle(read(cursor)));
      expect(value).to.equal(undefined);
      expect(error?.name).to.equal('MongoClientClosedError');
    });

    it(`still has what has come whole: ${name}`, async () => {
      const { client, cursor } = await given(0n);
      await cursor.hasNext();
      await client.close();
      expect(await within(4000, 'reading', read(cursor))).to.deep.equal(documents);
    });
  }

  it('can be rewound, and read when the client is connected again', async () => {
    const { client, cursor } = await given(9n, 0n);
    await cursor.next();
    await client.close();
    await client.connect();
    cursor.rewind();
    expect(await cursor.toArray()).to.deep.equal([...documents, ...documents]);
  });
});
