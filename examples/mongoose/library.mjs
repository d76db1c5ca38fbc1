// Mongoose on mongo-motor: nothing in this program knows of it. The "overrides" in package.json do it all: whoever asks
// for `mongodb` gets mongo-motor, and mongo-motor itself gets the driver. Transactions need a replica set.
import mongoose from 'mongoose';

const uri = process.env.DATABASE_URI ?? 'mongodb://localhost:27017/library';

const Author = mongoose.model('Author', new mongoose.Schema({ name: { type: String, required: true } }));
const Book = mongoose.model(
  'Book',
  new mongoose.Schema({
    title: { type: String, unique: true },
    year: { type: Number, min: 1450 },
    author: { type: mongoose.ObjectId, ref: 'Author' }
  })
);

await mongoose.connect(uri);
try {
  await mongoose.connection.dropDatabase();
  await Promise.all([Author.init(), Book.init()]);

  await mongoose.connection.transaction(async session => {
    const [ada, mary] = await Author.create([{ name: 'Ada Lovelace' }, { name: 'Mary Shelley' }], {
      session,
      ordered: true
    });
    const books = [
      { title: 'Notes', year: 1843, author: ada },
      { title: 'Frankenstein', year: 1818, author: mary },
      { title: 'The Last Man', year: 1826, author: mary }
    ];
    await Book.insertMany(books, { session });
  });

  for await (const book of Book.find().sort('year').populate('author')) {
    console.log(`${book.year}  ${book.title}, by ${book.author.name}`);
  }

  const perAuthor = await Book.aggregate()
    .group({ _id: '$author', books: { $sum: 1 }, first: { $min: '$year' } })
    .sort({ first: 1 });
  console.log(perAuthor.map(({ books, first }) => `${books} since ${first}`).join(', '));

  await Book.create({ title: 'Notes', year: 1900 }).catch(error => console.log(error.name, error.code));
  await Book.create({ title: 'Scroll', year: 100 }).catch(error => console.log(error.message));
} finally {
  await mongoose.connection.dropDatabase();
  await mongoose.disconnect();
}
