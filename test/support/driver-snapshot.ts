import { MongoClient as DriverClient } from 'mongodb';

// A process of its own that looks at every module of the driver before and after this library is loaded and used, and
// sends what is not the same any more.

const [, , uri = ''] = process.argv;

type Seen = Map<string, unknown>;

/** Every export, and every own property of it and of its prototype. */
function look(): Seen {
  const seen: Seen = new Map();
  for (const [path, module] of Object.entries(require.cache)) {
    if (!path.includes('/mongodb/lib/')) continue;
    see(seen, path, module?.exports);
    for (const name of Object.keys(module?.exports ?? {})) {
      const value: unknown = module?.exports[name];
      seen.set(`${path} ${name}`, value);
      see(seen, `${path} ${name}`, value);
      if (typeof value === 'function') see(seen, `${path} ${name}.prototype`, value.prototype);
    }
  }
  return seen;
}

function see(seen: Seen, what: string, object: unknown): void {
  if ((typeof object !== 'object' && typeof object !== 'function') || object === null) return;
  seen.set(`the prototype of ${what}`, Object.getPrototypeOf(object));
  for (const key of Reflect.ownKeys(object)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(object, key)!;
    seen.set(`${what} [${String(key)}]`, value ?? get ?? set);
  }
}

async function run(): Promise<void> {
  const before = look();
  const plain = new DriverClient(uri);
  await plain.connect();
  const { MongoClient } = await import('./motor.js');
  const client = await new MongoClient(uri).connect();
  for (const one of [client, plain, client]) await one.db('shop').collection('users').findOne({});
  await client.db('shop').collection('users').find({}).toArray();
  const after = look();
  const changed = [...before]
    .filter(([what, value]) => !Object.is(after.get(what), value))
    .map(([what]) => what);
  await Promise.all([client.close(), plain.close()]);
  process.send?.({ looked: before.size, changed });
  process.disconnect();
}

void run();
