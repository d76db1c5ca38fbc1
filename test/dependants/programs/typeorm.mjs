// TypeORM's MongoDB driver: entities by schemas, repositories, cursors, aggregation, indexes.
import 'reflect-metadata';
import typeorm from 'typeorm';

const { DataSource, EntitySchema } = typeorm;
const User = new EntitySchema({
  name: 'User',
  columns: {
    id: { type: 'string', objectId: true, primary: true, generated: true },
    name: { type: 'string' },
    age: { type: 'int' }
  },
  indices: [{ name: 'by_name', columns: ['name'], unique: true, sparse: false, background: false }]
});
const source = new DataSource({
  type: 'mongodb',
  url: process.env.DATABASE_URI,
  entities: [User],
  synchronize: true,
  dropSchema: true
});

await source.initialize();
const users = source.getMongoRepository('User');
await users.save([
  { name: 'Ada', age: 36 },
  { name: 'Bob', age: 12 }
]);
await users.insertOne({ name: 'Cid', age: 50 });
const names = found => found.map(({ name }) => name);
console.log('found', names(await users.find({ order: { name: 'ASC' } })));
console.log('one', (await users.findOneBy({ name: 'Bob' })).age);
console.log(
  'where',
  names(await users.find({ where: { age: { $gt: 20 } }, order: { age: 'DESC' }, take: 1 }))
);
console.log('and count', (await users.findAndCount({ where: { age: { $lt: 40 } } }))[1]);
const bob = await users.findOneBy({ name: 'Bob' });
bob.age = 13;
await users.save(bob);
console.log('saved', (await users.findOneBy({ _id: bob.id })).age);
console.log('update', (await users.updateMany({}, { $inc: { age: 1 } })).modifiedCount);
const [{ total }] = await users.aggregate([{ $group: { _id: null, total: { $sum: '$age' } } }]).toArray();
console.log('total', total);
const cursor = users.createEntityCursor({ age: { $gt: 0 } }).sort({ name: 1 });
console.log('next', (await cursor.next()).name, (await cursor.next()).name);
await cursor.close();
console.log('counts', await users.count(), await users.countBy({ name: 'Ada' }));
console.log(
  'duplicate',
  await users.insertOne({ name: 'Ada', age: 1 }).catch(error => [error.name, error.code])
);
console.log(
  'indexes',
  (await users.collectionIndexes()).map(({ name }) => name)
);
console.log('bulk', (await users.bulkWrite([{ deleteOne: { filter: { name: 'Cid' } } }])).deletedCount);
console.log('removed', (await users.remove(await users.findOneBy({ name: 'Bob' }))).name);
console.log('deleted', (await users.deleteOne({ name: 'Ada' })).deletedCount);
await source.dropDatabase();
await source.destroy();
