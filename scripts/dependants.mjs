/*
 * Tells what the most used dependants of `mongodb` reach for below its public API, and whether we offer it:
 *
 *     npm run build && node scripts/dependants.mjs                        the newest of each package in DEPENDANTS
 *     npm run build && node scripts/dependants.mjs mongoose@8 monk        these ones
 *
 * By hand, or every night: it asks the package registry, and installs into a temporary folder without running any
 * package's scripts. Ends with 1 when a package reaches for something that the driver has and we have not.
 *
 * It reads sources, it does not run them: paths are string literals that begin with `mongodb/` (and the `file` of a
 * dd-trace hook), members are those in PRIVATE behind a name in RECEIVERS. What is reached by other ways is not seen; what only has such
 * a name, as the pools of other databases have, is seen too.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEPENDANTS = [
  'mongoose',
  'connect-mongo',
  '@agendajs/mongo-backend',
  'mongodb-memory-server-core',
  'typeorm',
  '@mikro-orm/mongodb',
  'migrate-mongo',
  'connect-mongodb-session',
  '@opentelemetry/instrumentation-mongodb',
  'dd-trace'
];
const PRIVATE = new Set(['s', 'topology', 'serverSession', 'sessionPool', 'pool']);
const RECEIVERS = {
  client: /client$/i,
  db: /^db$|database$/i,
  collection: /coll(ection)?$/i,
  session: /session$/i
};
const PATH = /['"`]mongodb\/([\w./-]+)['"`]/g;
const HOOK = /name:\s*['"]mongodb['"][^}]*?file:\s*['"]([\w./-]+)['"]/g;
const CHAIN = /[\w$]+(?:\??\.[\w$]+)+/g;

const require = createRequire(import.meta.url);
const wanted = process.argv.length > 2 ? process.argv.slice(2) : DEPENDANTS;
const folder = mkdtempSync(join(tmpdir(), 'mongo-motor-dependants-'));
let missing = 0;
try {
  const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', '--prefix', folder, ...flags, ...wanted], { stdio: 'inherit' });
  const ours = objectsOf('mongo-motor');
  const theirs = objectsOf('mongodb');
  for (const name of wanted.map(spec => spec.replace(/(?<=.)@.*/, ''))) report(name, ours, theirs);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missing > 0 ? 1 : 0;

function report(name, ours, theirs) {
  const home = join(folder, 'node_modules', name);
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const { paths, chains } = reachedFor(home);
  console.log(`\n${name} ${version}`);
  if (paths.size + chains.size === 0) console.log('  nothing but the public API');
  for (const path of [...paths].sort()) say(path, resolves('mongodb', path), resolves('mongo-motor', path));
  for (const chain of [...chains].sort()) say(chain, has(theirs, chain), has(ours, chain));
}

function say(what, driverHas, weHave) {
  if (driverHas && !weHave) missing += 1;
  const verdict = weHave
    ? 'offered'
    : driverHas
      ? 'MISSING'
      : 'not in the driver that we are made of, either';
  console.log(`  ${what}: ${verdict}`);
}

function reachedFor(home) {
  const paths = new Set();
  const chains = new Set();
  for (const text of sources(home)) {
    for (const [, path] of [...text.matchAll(PATH), ...text.matchAll(HOOK)]) paths.add(path);
    for (const [chain] of text.matchAll(CHAIN)) {
      const found = privateChain(chain.split(/\??\./));
      if (found) chains.add(found);
    }
  }
  return { paths, chains };
}

function* sources(home) {
  for (const path of readdirSync(home, { recursive: true })) {
    if (!/\.[cm]?js$/.test(path) || /(^|[\\/])node_modules[\\/]|\.min\.js$/.test(path)) continue;
    yield readFileSync(join(home, path), 'utf8');
  }
}

/** From `this.client.topology.s.description`: `client.topology.s.description`. */
function privateChain(names) {
  const at = names.findIndex((_, index) => PRIVATE.has(names[index + 1]) && receiverOf(names[index]));
  return at < 0 ? undefined : [receiverOf(names[at]), ...names.slice(at + 1)].join('.');
}

function receiverOf(name) {
  return Object.keys(RECEIVERS).find(receiver => RECEIVERS[receiver].test(name));
}

function resolves(driver, path) {
  try {
    require.resolve(`${driver}/${path}`);
    return true;
  } catch {
    return false;
  }
}

/** Objects of each kind, as they are when the client is connected; nothing is sent. */
function objectsOf(driver) {
  const { MongoClient } = require(driver);
  const { Topology } = require(`${driver}/lib/sdam/topology`);
  const client = new MongoClient('mongodb://localhost/test');
  client.topology = new Topology(client, client.options.hosts, client.options);
  const session = client.startSession();
  return { client, db: client.db(), collection: client.db().collection('any'), session };
}

/** Whether the chain leads to something, as far as it can be followed: what is empty before a command ends it well. */
function has(objects, chain) {
  let value = objects;
  for (const name of chain.split('.')) {
    if (value === null || value === undefined) return true;
    if (!(name in Object(value))) return false;
    value = value[name];
  }
  return true;
}
