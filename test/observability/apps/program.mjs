// What is traced: the same for the official driver and for ours, written as for the driver, called in one style.

const CALLERS = 5;

const styles = {
  promise: (owner, method, ...args) => owner[method](...args),
  callback: (owner, method, ...args) =>
    new Promise((resolve, reject) =>
      owner[method](...args, (error, result) => (error ? reject(error) : resolve(result)))
    ),
  yield: (owner, method, ...args) =>
    styles.coroutine(function* () {
      return yield* owner[method](...args);
    })()
};

/** Calls a method in the style asked for. The driver has one style only. */
export function callIn(style, { coroutine }) {
  styles.coroutine = coroutine;
  return coroutine ? styles[style] : styles.promise;
}

/** What has been seen, as JSON, without what differs from run to run: ids of sessions and cursors, who is served first. */
export function comparable({ spans, ...others }) {
  const text = value =>
    value.replace(/"id":("[^"]*"|\{[^}]*\})/g, '"id":0').replace(/"(low|high|getMore)":-?\d+|\d{9,}/g, '0');
  const shown = span =>
    JSON.stringify(span, (_key, value) => (typeof value === 'string' ? text(value) : value));
  return JSON.stringify({
    spans: spans
      .map(shown)
      .sort()
      .map(span => JSON.parse(span)),
    ...others
  });
}

/** A client whose pool is full: how many sessions there are does not depend on who opens its connections first. */
export async function connected(driver, uri, call) {
  const client = new driver.MongoClient(uri, { minPoolSize: CALLERS, maxPoolSize: CALLERS });
  let ready = 0;
  const full = new Promise(resolve => client.on('connectionReady', () => ++ready === CALLERS && resolve()));
  await call(client, 'connect');
  await full;
  return client;
}

/** CRUD, cursors, errors, bulk writes, a transaction, many callers at once. */
export async function program(client, call, traced) {
  const users = client.db('observed').collection('users');
  const step = (name, body) => traced(name, async () => void (await body().catch(error => error)));
  await step('crud', async () => {
    await call(users, 'insertOne', { _id: 1, name: 'Ada' });
    await call(users, 'insertMany', [{ _id: 2 }, { _id: 3 }, { _id: 4 }]);
    await call(users, 'findOne', { _id: 1 });
    await call(users, 'updateOne', { _id: 1 }, { $set: { age: 36 } });
    await call(users, 'findOneAndUpdate', { _id: 1 }, { $inc: { age: 1 } });
    await call(users, 'countDocuments', {});
    await call(users, 'estimatedDocumentCount');
    await call(users, 'distinct', 'name');
    await call(users, 'deleteOne', { _id: 4 });
  });
  await step('cursors', async () => {
    await call(users.find({}, { batchSize: 2 }), 'toArray');
    await call(users.aggregate([{ $match: {} }], { batchSize: 1 }), 'toArray');
    const left = users.find({}, { batchSize: 1 });
    await call(left, 'next');
    await call(left, 'close');
    for await (const document of users.find({}, { batchSize: 2 })) if (document._id === 3) break;
  });
  await step('duplicate', () => call(users, 'insertOne', { _id: 1 }));
  await step('bad command', () => call(client.db('observed'), 'command', { noSuchCommand: 1 }));
  await step('bad query', () => call(users, 'findOne', { $noSuchOperator: 1 }));
  await step('bulk', () =>
    call(users, 'bulkWrite', [
      { insertOne: { document: { _id: 9 } } },
      { updateOne: { filter: { _id: 9 }, update: { $set: { a: 1 } } } },
      { deleteOne: { filter: { _id: 9 } } }
    ])
  );
  await step('administration', async () => {
    await call(users, 'createIndex', { name: 1 });
    await call(users, 'indexes');
    await call(client.db('observed').listCollections(), 'toArray');
    await call(client.db('observed'), 'createCollection', 'others');
    await call(client.db('observed').admin(), 'listDatabases');
  });
  await step('transaction', async () => {
    const session = client.startSession();
    session.startTransaction();
    await call(users, 'insertOne', { _id: 20 }, { session });
    await call(session, 'commitTransaction');
    session.startTransaction();
    await call(users, 'insertOne', { _id: 21 }, { session });
    await call(session, 'abortTransaction');
    await call(session, 'endSession');
  });
  await Promise.all(
    Array.from({ length: CALLERS }, (_, i) => step(`caller ${i}`, () => call(users, 'findOne', { _id: i })))
  );
  await users.findOne({}); // without a parent
}
