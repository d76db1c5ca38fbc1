/* Programs that build upon the driver's types: generic repositories, helpers, subclasses, wrappers. */
import {
  Collection,
  Db,
  type Document,
  type Filter,
  type FindCursor,
  MongoClient,
  ObjectId,
  type OptionalUnlessRequiredId,
  type UpdateFilter,
  type WithId
} from 'mongodb';
import { exactly } from './exactly';

interface Entity extends Document {
  _id: ObjectId;
  createdAt: Date;
}

abstract class Repository<T extends Entity> {
  protected readonly collection: Collection<T>;

  constructor(db: Db, name: string) {
    this.collection = db.collection<T>(name);
  }

  async get(id: ObjectId): Promise<WithId<T> | null> {
    return this.collection.findOne({ _id: id } as Filter<T>);
  }

  async add(entity: OptionalUnlessRequiredId<T>): Promise<void> {
    await this.collection.insertOne(entity);
  }

  all(filter: Filter<T> = {}): FindCursor<WithId<T>> {
    return this.collection.find(filter);
  }

  async change(id: ObjectId, update: UpdateFilter<T>): Promise<boolean> {
    const { modifiedCount } = await this.collection.updateOne({ _id: id } as Filter<T>, update);
    return modifiedCount === 1;
  }
}

interface Article extends Entity {
  title: string;
}

class Articles extends Repository<Article> {
  async titles(): Promise<string[]> {
    return this.all()
      .map(({ title }) => title)
      .toArray();
  }
}

class TracingClient extends MongoClient {
  readonly asked: string[] = [];

  override db(name?: string): Db {
    this.asked.push(name ?? '');
    return super.db(name) as Db;
  }
}

/** A promise and nothing more is asked for. */
async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = Date.now();
  return [await work(), Date.now() - start];
}

type Methods = Pick<Collection<Article>, 'findOne' | 'insertOne'>;

export async function program(url: string): Promise<void> {
  const client = new TracingClient(url);
  const db = client.db('shop');
  const articles = new Articles(db, 'articles');
  exactly<string[]>()(await articles.titles());
  exactly<WithId<Article> | null>()(await articles.get(new ObjectId()));
  const collection = db.collection<Article>('articles');
  const [count] = await timed(() => collection.countDocuments());
  exactly<number>()(count);
  const both = await Promise.all([collection.findOne(), collection.find().toArray()]);
  exactly<[WithId<Article> | null, WithId<Article>[]]>()(both);
  const raced = await Promise.race([collection.estimatedDocumentCount(), Promise.resolve(5)]);
  exactly<number>()(raced);
  collection
    .findOne()
    .then(found => exactly<WithId<Article> | null>()(found))
    .catch((error: unknown) => void error)
    .finally(() => undefined);
  const methods: Methods = collection;
  const document: Collection<Document> = db.collection('others');
  const lookup: Record<string, Collection<Article>> = { articles: collection };
  const late: Promise<WithId<Article> | null> = collection.findOne({ title: 'a' });
  type Found = Awaited<ReturnType<Articles['get']>>;
  const found: Found = await late;
  if (collection instanceof Collection && db instanceof Db) void [methods, document, lookup, found];

  void found?.title;
  // @ts-expect-error -- a promise is no document
  void collection.findOne().title;
}
