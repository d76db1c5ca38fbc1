import { createRequire } from 'node:module';

// A process of its own in which the driver's event classes count their instances. They are replaced before this library
// takes them, so that nothing has to listen.

const PATHS = ['mongodb/lib/cmap/connection_pool_events', 'mongodb/lib/cmap/command_monitoring_events'];

const load = createRequire(__filename);

const counts: Record<string, number> = {};

type Class = new (...args: never[]) => object;

for (const path of PATHS) {
  const classes = load(path) as Record<string, Class>;
  for (const [name, Event] of Object.entries(classes)) {
    if (!name.endsWith('Event')) continue;
    classes[name] = new Proxy(Event, {
      construct(target, args, made) {
        counts[name] = (counts[name] ?? 0) + 1;
        return Reflect.construct(target, args, made) as object;
      }
    });
  }
}

/** The events made by ten operations. */
async function countsOf(uri: string, options: object, listensTo: string[]): Promise<Record<string, number>> {
  const { MongoClient } = await import('./motor.js');
  const client = await new MongoClient(uri, options).connect();
  const emitter: NodeJS.EventEmitter = client;
  for (const name of listensTo) emitter.on(name, () => undefined);
  const users = client.db('shop').collection('users');
  await users.findOne({});
  for (const name of Object.keys(counts)) Reflect.deleteProperty(counts, name);
  for (let i = 0; i < 5; i++) {
    await users.findOne({});
    await users.insertOne({ i });
  }
  const made = { ...counts };
  await client.close();
  return made;
}

async function run(uri = ''): Promise<void> {
  process.send?.({
    unheard: await countsOf(uri, { monitorCommands: true }, []),
    checkedOut: await countsOf(uri, {}, ['connectionCheckedOut']),
    started: await countsOf(uri, { monitorCommands: true }, ['commandStarted']),
    unmonitored: await countsOf(uri, {}, ['commandStarted'])
  });
  process.disconnect();
}

void run(process.argv[2]);
