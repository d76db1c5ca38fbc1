// Cursors in every form, change streams, and GridFS.
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';

const print = (what, value) => console.log(what, JSON.stringify(value));
const Item = mongoose.model('Item', new mongoose.Schema({ n: Number }));
const sorted = () => Item.find().sort('n');

await mongoose.connect(process.env.DATABASE_URI);
await mongoose.connection.dropDatabase();
await Item.createCollection();
await Item.insertMany(Array.from({ length: 30 }, (_, n) => ({ n })));

async function cursors() {
  const seen = [];
  for await (const { n } of sorted().batchSize(4)) {
    if (n === 9) break;
    seen.push(n);
  }
  print('for await', seen);

  const each = [];
  await sorted()
    .cursor({ batchSize: 7 })
    .eachAsync(async ({ n }) => void each.push(n), { parallel: 3 });
  print(
    'each',
    each.sort((a, b) => a - b)
  );
  const batches = [];
  await sorted()
    .cursor()
    .eachAsync(batch => void batches.push(batch.length), { batchSize: 8 });
  print('batches', batches);

  const cursor = sorted().lean().cursor();
  print('one by one', [(await cursor.next()).n, (await cursor.next()).n]);
  await cursor.close();
  const failure = await sorted()
    .cursor()
    .eachAsync(() => Promise.reject(new Error('mine')))
    .catch(error => error.message);
  print('an error', failure);
}

async function streams() {
  let count = 0;
  const write = (_item, _encoding, done) => done(null, (count += 1));
  await pipeline(sorted().cursor(), new Writable({ objectMode: true, write }));
  print('piped', count);

  const heard = [];
  const stream = sorted().limit(2).cursor();
  stream.on('data', ({ n }) => heard.push(n)).on('end', () => heard.push('end'));
  await once(stream, 'close');
  print('events', heard);
  const driver = Item.collection.find().sort({ n: 1 }).limit(3);
  print("the driver's", (await driver.stream().toArray()).length);
  const last = await Item.aggregate([{ $sort: { n: -1 } }])
    .cursor({ batchSize: 2 })
    .next();
  print('aggregation', last.n);
}

async function changes() {
  const watched = Item.watch([], { fullDocument: 'updateLookup' });
  const seen = [];
  watched.on('change', ({ operationType, fullDocument }) => seen.push([operationType, fullDocument?.n]));
  await once(watched, 'ready');
  await sleep(500); // ready is when it asks, not when it is answered
  const item = await Item.create({ n: 100 });
  await Item.updateOne({ _id: item }, { n: 101 });
  while (seen.length < 2) await once(watched, 'change'); // it is looked up when the change is read
  await item.deleteOne();
  while (seen.length < 3) await once(watched, 'change');
  print('changes', seen);
  await watched.close();
  print('closed', watched.closed);

  const hydrated = Item.watch([], { hydrate: true });
  const next = hydrated.next();
  await sleep(500);
  await Item.create({ n: 200 });
  const { fullDocument } = await next;
  print('hydrated', [fullDocument instanceof Item, fullDocument.n]);
  await hydrated.close();
}

async function files() {
  const bucket = new mongoose.mongo.GridFSBucket(mongoose.connection.db, { chunkSizeBytes: 1024 });
  const upload = bucket.openUploadStream('a.txt', { metadata: { from: 'test' } });
  await pipeline(Readable.from([Buffer.alloc(2500, 'a'), Buffer.alloc(1000, 'b')]), upload);
  const parts = await bucket.openDownloadStreamByName('a.txt').toArray();
  const text = Buffer.concat(parts).toString();
  print('downloaded', [text.length, text.lastIndexOf('a')]);
  const [file] = await bucket.find({ 'metadata.from': 'test' }).toArray();
  print('file', [file.filename, file.length, file.chunkSize]);
  await bucket.rename(file._id, 'b.txt');
  await bucket.delete(file._id);
  const missing = await bucket
    .openDownloadStream(file._id)
    .toArray()
    .catch(error => [error.name, error.code]);
  print('missing', missing);
}

await cursors();
await streams();
await changes();
await files();
await mongoose.connection.dropDatabase();
await mongoose.disconnect();
