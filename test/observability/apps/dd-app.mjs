// Runs the program under Datadog's tracer and prints its spans: node dd-app.mjs LIBRARY URI STYLE. Spans go to an
// exporter of our own, in this process, in the place of that which sends them to an agent.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { callIn, comparable, connected, program } from './program.mjs';

const require = createRequire(import.meta.url);
const [, , library, uri, style] = process.argv;

const tracer = require('dd-trace').init({ service: 'app', startupLogs: false, plugins: false });
tracer.use('mongodb', true);
tracer.use('mongodb-core', { heartbeatEnabled: false });
const spans = [];
tracer._tracer._processor._exporter = { export: trace => spans.push(...trace), flush: done => done?.() };

const driver = require(library);
const traced = (name, body) => tracer.trace(name, body);
const call = callIn(style, driver);
const client = await connected(driver, uri, call);
await client.db('observed').dropDatabase();
await sleep(10); // spans are exported after they have ended
spans.length = 0;
await program(client, call, traced);
await traced('close', () => call(client, 'close'));
await sleep(50);

const names = new Map(spans.map(({ span_id: id, resource }) => [String(id), resource]));
const VARIABLE = new Set([
  'runtime-id',
  '_dd.p.tid',
  'error.stack',
  'out.port',
  '_dd.tags.process',
  '_dd.rc.client_id'
]);
const shown = spans.map(({ name, resource, service, type, error, meta, parent_id: parent }) => ({
  name,
  resource,
  service,
  type,
  error,
  meta: Object.fromEntries(Object.entries(meta).filter(([key]) => !VARIABLE.has(key))),
  parent: names.get(String(parent))
}));
process.stdout.write(comparable({ spans: shown }), () => process.exit());
