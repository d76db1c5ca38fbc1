// Schemas, validation, middleware, queries of all kinds, populate, bulk writes, indexes, aggregation and errors.
import { Buffer } from 'node:buffer';
import mongoose from 'mongoose';

const { Schema } = mongoose;
const print = (what, value) => console.log(what, JSON.stringify(value));
const fails = async (what, promise) => {
  const error = await promise.then(
    () => new Error('it does not fail'),
    reason => reason
  );
  const { name, code, message, keyValue, writeErrors } = error;
  const ofServer = error instanceof mongoose.mongo.MongoServerError;
  print(what, { name, code, message, keyValue, ofServer, writeErrors: writeErrors?.length });
};

const heard = [];
const userSchema = new Schema(
  {
    name: { type: String, required: true },
    email: { type: String, unique: true, sparse: true },
    age: { type: Number, min: 0 },
    tags: [String],
    address: { city: String },
    scores: { type: Map, of: Number },
    balance: Schema.Types.Decimal128,
    large: BigInt,
    key: Schema.Types.UUID,
    photo: Buffer,
    friends: [{ type: Schema.Types.ObjectId, ref: 'User' }]
  },
  { timestamps: true, optimisticConcurrency: true }
);
for (const hook of ['save', 'find', 'updateOne', 'aggregate', 'insertMany', 'bulkWrite', 'deleteOne']) {
  userSchema.pre(hook, () => void heard.push(`before ${hook}`));
  userSchema.post(hook, () => void heard.push(`after ${hook}`));
}
userSchema.plugin(schema => schema.virtual('initial').get((_value, _virtual, user) => user.name[0]));
userSchema.virtual('pets', { ref: 'Pet', localField: '_id', foreignField: 'owner' });
userSchema.statics.adults = function () {
  return this.find({ age: { $gte: 18 } }).sort('name');
};

const User = mongoose.model('User', userSchema);
const Pet = mongoose.model('Pet', new Schema({ owner: Schema.Types.ObjectId }, { discriminatorKey: 'kind' }));
const Cat = Pet.discriminator('Cat', new Schema({ lives: Number }));

await mongoose.connect(process.env.DATABASE_URI);
await mongoose.connection.dropDatabase();
await Promise.all([User.init(), Pet.init()]);

await fails('validation', User.create({ age: -1 }));
await fails('a cast', User.findById('nobody').exec());
const ada = await User.create({
  name: 'Ada',
  email: 'ada@example.com',
  age: 36,
  tags: ['x', 'y'],
  address: { city: 'London' },
  scores: { chess: 3 },
  balance: '1.50',
  large: 1234567890123n,
  key: 'c1b1b1b1-1111-4111-8111-111111111111',
  photo: Buffer.from('hi')
});
const [bob, cid] = await User.insertMany([
  { name: 'Bob', email: 'bob@example.com', age: 12, friends: [ada] },
  { name: 'Cid', email: 'cid@example.com', age: 50, friends: [ada] }
]);
await Cat.create({ owner: ada, lives: 9 });
const again = await User.findById(ada);
print(
  'what was stored',
  again.toObject({ flattenMaps: true, transform: (_, stored) => ({ ...stored, large: undefined }) })
);
print('its types', [typeof again.large, again.balance.toString(), again.scores.get('chess'), again.initial]);

await fails('a duplicate', User.create({ name: 'Eve', email: 'ada@example.com' }));
await fails('duplicates', User.insertMany([{ name: 'Eve', email: 'bob@example.com' }], { ordered: false }));
await fails('an operator', User.updateOne({}, { $foo: 1 }, { strict: false }).exec());
await fails('a stage', User.aggregate([{ $foo: {} }]).exec());
await fails('a hint', User.find().hint('nope').exec());
await fails('nothing', User.findOne({ name: 'nobody' }).orFail().exec());

print('lean', await User.find().sort('-age').select('name -_id').skip(1).limit(1).lean());
print(
  'adults',
  (await User.adults()).map(user => user.name)
);
print('exists', [await User.exists({ name: 'Ada' }), await User.exists({ name: 'nobody' })]);
print('counts', [await User.countDocuments({ age: { $gt: 20 } }), await User.estimatedDocumentCount()]);
print('distinct', await User.distinct('name'));
print('populate', (await User.findOne({ name: 'Bob' }).populate('friends', 'name -_id')).friends);
print('a virtual', (await User.findOne({ name: 'Ada' }).populate('pets')).pets);
print('a discriminator', (await Pet.findOne()).constructor.modelName);
print('update', await User.updateOne({ name: 'Bob' }, { $inc: { age: 1 } }));
print('upsert', (await User.updateMany({ name: 'Dan' }, { age: 1 }, { upsert: true })).upsertedCount);
const after = { returnDocument: 'after', projection: 'age' };
print('find and update', await User.findOneAndUpdate({ name: 'Bob' }, { age: 14 }, after).lean());
const whole = { includeResultMetadata: true, projection: 'name' };
print('with metadata', (await User.findOneAndUpdate({ name: 'Bob' }, { age: 15 }, whole)).value);
print('find and delete', (await User.findOneAndDelete({ name: 'Dan' })).name);
print(
  'bulk write',
  await User.bulkWrite([
    { insertOne: { document: { name: 'Eli', email: 'eli@example.com' } } },
    { updateMany: { filter: {}, update: { $push: { tags: 'z' } } } },
    { deleteOne: { filter: { name: 'Eli' } } }
  ])
);
cid.age = 51;
print('bulk save', (await User.bulkSave([cid])).modifiedCount);
bob.age = 99;
await fails('an old version', bob.save());
const builder = User.collection.initializeOrderedBulkOp();
builder.insert({ name: 'raw', email: 'raw' });
builder.find({ name: 'raw' }).deleteOne();
print('a builder', (await builder.execute()).deletedCount);

print('indexes', (await User.listIndexes()).map(index => index.name).sort());
User.schema.index({ age: 1, name: -1 });
print('missing indexes', (await User.diffIndexes()).toCreate);
print('synchronised', await User.syncIndexes());
print('information', await User.collection.indexInformation());
print(
  'aggregation',
  await User.aggregate([
    { $group: { _id: { $gt: ['$age', 20] }, users: { $sum: 1 } } },
    { $sort: { _id: 1 } },
    { $project: { _id: 0, old: '$_id', users: 1 } }
  ])
);
print('delete', await User.deleteOne({ name: 'Bob' }));
print('heard', heard);
await mongoose.connection.dropDatabase();
await mongoose.disconnect();
