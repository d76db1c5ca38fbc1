import type { Document } from 'mongodb';
import { prepareOptions } from './arguments';
import { withFirstHost, withOptions } from './connection-string';
import type { ClientDescription, EntityDescription } from './format';
import { connectWithoutPing } from './internals';
import { LogRecorder, logOptions } from './logs';
import { InvalidTest } from './mismatch';
import { ObservedClient } from './observed-client';
import { SpanRecorder } from './span-recorder';
import { tracingOptions } from './spans';
import type { TestRun } from './test-run';
import { Thread } from './thread';

/** Fail points make a client look for its server again: it looks often, and does not wait long. */
const impatience = { serverSelectionTimeoutMS: 5_000, heartbeatFrequencyMS: 500 };

type Creators = {
  [Kind in keyof EntityDescription]-?: (
    description: NonNullable<EntityDescription[Kind]>,
    run: TestRun
  ) => void | Promise<void>;
};

const creators: Creators = {
  client: createClient,

  database: ({ id, client, databaseName, databaseOptions }, run) => {
    const database = run.entities
      .get('client', client)
      .client.db(databaseName, prepareOptions(databaseOptions, run));
    run.entities.add('database', id, database);
  },

  collection: ({ id, database, collectionName, collectionOptions }, run) => {
    const db = run.entities.get('database', database);
    run.entities.add('collection', id, db.collection(collectionName, prepareOptions(collectionOptions, run)));
  },

  session: ({ id, client, sessionOptions }, run) => {
    const options = prepareOptions(sessionOptions, run);
    if (options.defaultTransactionOptions) {
      options.defaultTransactionOptions = prepareOptions(options.defaultTransactionOptions, run);
    }
    run.entities.add('session', id, run.entities.get('client', client).client.startSession(options));
  },

  bucket: ({ id, database, bucketOptions }, run) => {
    const options = prepareOptions(bucketOptions, run);
    const bucket = new run.driver.GridFSBucket(run.entities.get('database', database), options);
    run.entities.add('bucket', id, bucket);
  },

  thread: ({ id }, run) => run.entities.add('thread', id, new Thread()),

  clientEncryption: () => {
    throw new InvalidTest('client-side encryption is not supported');
  }
};

export async function createEntities(descriptions: EntityDescription[], run: TestRun): Promise<void> {
  for (const entity of descriptions) {
    for (const [kind, description] of Object.entries(entity)) {
      const create = creators[kind as keyof EntityDescription];
      if (!create) throw new InvalidTest(`unknown kind of entity ${kind}`);
      await create(description as never, run);
    }
  }
}

async function createClient(description: ClientDescription, run: TestRun): Promise<void> {
  const { id, uriOptions = {}, serverApi } = description;
  const [logs, spans] = [new LogRecorder(), new SpanRecorder()];
  const client = new run.driver.MongoClient(clientUri(description, run), {
    monitorCommands: true,
    ...logOptions(description, logs),
    ...tracingOptions(description, spans),
    ...connectWithoutPing,
    ...(uriOptions.heartbeatFrequencyMS === undefined && { minHeartbeatFrequencyMS: 50 }),
    ...(serverApi && { serverApi: serverApi as Required<typeof serverApi> & { version: '1' } })
  });
  const observed = new ObservedClient(client, description, logs, spans);
  run.entities.add('client', id, observed);
  for (const { id: list, events } of description.storeEventsAsEntities ?? []) {
    const stored: Document[] = [];
    run.entities.add('value', list, stored);
    observed.store(events, stored);
  }
  // A client that cannot connect says so again when it is used, which is where a test expects it.
  await client.connect().catch(() => undefined);
  if (description.awaitMinPoolSizeMS !== undefined) {
    await observed.awaitPoolSize(uriOptions.minPoolSize, description.awaitMinPoolSizeMS);
  }
}

function clientUri({ uriOptions = {}, useMultipleMongoses }: ClientDescription, run: TestRun): string {
  const { server, topology } = run.environment;
  const oneMongos = topology === 'sharded' && useMultipleMongoses === false;
  return withOptions(oneMongos ? withFirstHost(server.uri) : server.uri, { ...impatience, ...uriOptions });
}
