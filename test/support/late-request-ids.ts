import { readFileSync } from 'node:fs';
import Module from 'node:module';

// A client in a process of its own whose request ids start late: nobody waits for two thousand million requests. The
// driver keeps the counter in a module's variable, which is why its source is changed while it is loaded.

const [, , uri = '', start = '0'] = process.argv;
const COUNTER = 'let _requestId = 0;';

interface Loader {
  _extensions: Record<
    string,
    (module: { _compile(source: string, path: string): void }, path: string) => void
  >;
}

const { _extensions: extensions }: Loader = Object(Module);
const load = extensions['.js']!;
extensions['.js'] = (module, path) => {
  if (!path.endsWith('mongodb/lib/cmap/commands.js')) return load(module, path);
  const source = readFileSync(path, 'utf8');
  if (!source.includes(COUNTER)) throw new Error('the driver counts its requests elsewhere now');
  module._compile(source.replace(COUNTER, `let _requestId = ${start};`), path);
};

async function run(): Promise<void> {
  const { MongoClient } = await import('./motor.js');
  const client = new MongoClient(uri, { maxPoolSize: 1 });
  const users = client.db('shop').collection<{ _id: number }>('users');
  const found: (number | undefined)[] = [];
  for (let _id = 0; _id < 10; _id++) found.push((await users.findOne({ _id }))?._id);
  await client.close();
  process.send?.(found);
  process.disconnect();
}

void run();
