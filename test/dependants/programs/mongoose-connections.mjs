// Connections, their events, sessions and transactions.
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';

const print = (what, value) => console.log(what, JSON.stringify(value));
const said = error => [error.name, error.message.replace(/\d+/g, 'N'), error.errorLabels];
const schema = new mongoose.Schema({ n: Number });
const uri = process.env.DATABASE_URI;

const Item = mongoose.model('Item', schema);
const early = Item.findOne({ n: -1 }).exec(); // waits for the connection
const heard = [];
for (const event of ['connecting', 'connected', 'open', 'disconnecting', 'disconnected', 'close']) {
  mongoose.connection.on(event, () => heard.push(event));
}
await mongoose.connect(uri);
print('before the connection', await early);
await mongoose.connection.dropDatabase();
await Item.createCollection();

async function transactions() {
  const { connection } = mongoose;
  print(
    'result',
    await connection.transaction(async session => (await Item.create([{ n: 1 }], { session })).length)
  );
  const aborted = connection.transaction(async session => {
    await new Item({ n: 2 }).save({ session });
    throw new Error('mine');
  });
  print('aborted', await aborted.catch(said));
  print('left', await Item.countDocuments());

  let tries = 0;
  await connection.transaction(async session => {
    await Item.updateOne({ n: 1 }, { n: 1 }, { session });
    if ((tries += 1) === 3) return;
    const error = new mongoose.mongo.MongoServerError({ message: 'once more' });
    error.addErrorLabel('TransientTransactionError');
    throw error;
  });
  print('tries', tries);

  const session = await mongoose.startSession();
  session.startTransaction();
  await Item.insertMany([{ n: 3 }, { n: 4 }], { session });
  await Item.bulkWrite([{ updateOne: { filter: { n: 3 }, update: { n: 5 } } }], { session });
  const inside = await Item.find({}, 'n -_id', { session }).sort('n').lean();
  print('inside and outside', [inside, await Item.countDocuments()]);
  await session.commitTransaction();
  print('committed', await Item.distinct('n'));
  print(
    'result of withTransaction',
    await session.withTransaction(() => Item.countDocuments().session(session))
  );
  await session.endSession();
  print('ended', await Item.findOne().session(session).exec().catch(said));
}

async function conflict() {
  const [first, second] = [await mongoose.startSession(), await mongoose.startSession()];
  for (const session of [first, second]) session.startTransaction();
  await Item.updateOne({ n: 1 }, { n: 10 }, { session: first });
  print('conflict', await Item.updateOne({ n: 1 }, { n: 20 }, { session: second }).exec().catch(said));
  await first.commitTransaction();
  await second.abortTransaction();
  await Promise.all([first.endSession(), second.endSession()]);
}

async function connections() {
  const other = await mongoose.createConnection(uri, { maxPoolSize: 2, monitorCommands: true }).asPromise();
  const commands = [];
  other.on('commandSucceeded', ({ commandName }) => commands.push(commandName));
  const Other = other.model('Other', schema, 'items');
  await Other.init();
  await Promise.all(Array.from({ length: 20 }, () => Other.findOne({ n: 10 }).lean()));
  print('commands', commands.filter(name => name === 'find').length);
  print(
    'collections',
    (await other.listCollections()).map(({ name }) => name)
  );
  const elsewhere = other.useDb(`${other.name}_2`);
  await elsewhere.collection('raw').insertOne({ _id: 1 });
  print('elsewhere', await elsewhere.collection('raw').find().toArray());
  await elsewhere.dropDatabase();
  print('admin', (await other.db.admin().ping()).ok);
  await other.close();
  print('after the end', await Other.findOne().exec().catch(said));
  const nowhere = mongoose.createConnection('mongodb://127.0.0.1:1/x', { serverSelectionTimeoutMS: 200 });
  print('nowhere', await nowhere.asPromise().catch(said));
  print('a wrong option', await mongoose.createConnection(uri, { nope: 1 }).asPromise().catch(said));
}

await transactions();
await conflict();
await connections();
await mongoose.connection.dropDatabase();
await mongoose.disconnect();
await sleep(10);
print('heard', heard);
print('state', mongoose.connection.readyState);
