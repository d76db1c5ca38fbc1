/* A client that is used step by step, with a session and a cursor of it. */
import type { ClientSession, FindCursor, MongoClient } from 'mongodb';
import { sleep } from '../support/bounds';
import { CursorLedger } from '../support/cursor-ledger';
import type { Simulator } from '../support/simulator';

const DOCUMENTS = Array.from({ length: 5 }, (_, _id) => ({ _id }));

/** What the steps are taken with, and leave behind. */
export interface World {
  readonly client: MongoClient;
  session?: ClientSession;
  cursor?: FindCursor;
}

const users = ({ client }: World) => client.db('shop').collection<{ _id: number }>('users');

const bulk = { n: 1, nErrors: 0, nInserted: 1, nUpserted: 0, nMatched: 0, nModified: 0, nDeleted: 0 };

/** Answers what the steps send. */
export function serve(simulator: Simulator): void {
  new CursorLedger(simulator, DOCUMENTS);
  simulator.on('bulkWrite', (_, reply) => ({ ...bulk, ...reply.cursor([{ ok: 1, idx: 0, n: 1 }]) }));
  simulator.on('insert', () => ({ n: 1 }));
  for (const name of ['endSessions', 'ping', 'commitTransaction', 'abortTransaction', 'drop'])
    simulator.on(name, () => ({}));
}

/** By name. */
export const steps: Record<string, (world: World) => unknown> = {
  connect: ({ client }) => client.connect().then(connected => connected === client),
  close: ({ client }) => client.close(),
  'close by force': ({ client }) => client.close(true),
  findOne: world => users(world).findOne({}),
  insertOne: world => users(world).insertOne({ _id: 5 }),
  bulkWrite: async world =>
    (await users(world).bulkWrite([{ insertOne: { document: { _id: 5 } } }])).insertedCount,
  'bulkWrite of the client': async ({ client }) =>
    (await client.bulkWrite([{ name: 'insertOne', namespace: 'shop.users', document: { a: 5 } }]))
      .insertedCount,
  drop: world => users(world).drop(),
  ping: ({ client }) => client.db().admin().ping(),
  listCollections: ({ client }) => client.db('shop').listCollections().toArray(),
  withSession: world => world.client.withSession(session => users(world).findOne({}, { session })),
  startSession: world => void (world.session = world.client.startSession()),
  endSession: ({ session }) => session?.endSession(),
  'findOne in the session': world => users(world).findOne({}, { session: world.session }),
  startTransaction: ({ session }) => session?.startTransaction(),
  commitTransaction: ({ session }) => session?.commitTransaction(),
  abortTransaction: ({ session }) => session?.abortTransaction(),
  find: world => void (world.cursor = users(world).find({}, { batchSize: 2 })),
  'find in the session': world =>
    void (world.cursor = users(world).find({}, { batchSize: 2, session: world.session })),
  next: ({ cursor }) => cursor?.next(),
  toArray: ({ cursor }) => cursor?.toArray(),
  'close the cursor': ({ cursor }) => cursor?.close(),
  'nothing for a turn': () => sleep(0)
};

export async function take(name: string, world: World): Promise<unknown> {
  return steps[name]!(world);
}
