import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { App, THIS_PACKAGE } from '../support/installed';

/** What others are known to reach for: Mongoose, instrumentation, and the folders' indexes. */
const KNOWN = [
  'lib',
  'lib/index',
  'lib/bson',
  'lib/bulk/common',
  'lib/cmap/connection.js',
  'lib/cmap/connect.js',
  'lib/cmap/connection_pool.js',
  'lib/sessions.js',
  'lib/collection',
  'lib/mongo_client',
  'lib/utils',
  'lib/error',
  'lib/gridfs',
  'lib/client-side-encryption/providers',
  'package.json'
];

/**
 * Asks a package for each path under the driver's lib/, by require and by import, and prints what the driver exports
 * there, what differs of that here, and what is not the same for import and require.
 */
const WALK = `
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
const [, , name] = process.argv;
const require = createRequire(import.meta.url);
const driver = createRequire(require.resolve(name));
const lib = join(dirname(driver.resolve('mongodb/package.json')), 'lib');
const files = readdirSync(lib, { recursive: true }).filter(file => file.endsWith('.js'));
const public_ = require(name);
const walked = {};
for (const file of files) {
  const theirs = driver('mongodb/lib/' + file);
  for (const path of [file, file.slice(0, -3)]) {
    const ours = require(name + '/lib/' + path);
    const imported = await import(name + '/lib/' + path);
    const names = Object.keys(theirs);
    const replaced = names.filter(key => ours[key] !== theirs[key]);
    walked[path] = {
      replaced,
      foreign: replaced.filter(key => ours[key] !== public_[key] || !(key === 'BSON' || ours[key].prototype instanceof theirs[key])),
      unlike: names.filter(key => imported[key] !== ours[key]),
      whole: imported.default === ours
    };
  }
}
process.stdout.write(JSON.stringify(walked));
`;

interface Walked {
  replaced: string[];
  /** Neither the driver's, nor our class that extends it. */
  foreign: string[];
  /** Not the same for import and require. */
  unlike: string[];
  whole: boolean;
}

const RESOLVE = `
const [, , name, ...paths] = process.argv;
const found = paths.map(path => require(name + '/' + path));
process.stdout.write(JSON.stringify(found.map(loaded => Object.keys(loaded).length)));
`;

/** A user's program, which compiles when classes at these paths are ours, with their types. */
const TYPED = (name: string): string => `
import { Collection, MongoClient } from '${name}';
import { Collection as Deep } from '${name}/lib/collection';
import { MongoClient as DeepClient } from '${name}/lib/mongo_client.js';
import { ObjectId } from '${name}/lib/bson';
import { applySession, type ServerSession } from '${name}/lib/sessions';
import type { Future } from '${name}/lib';
const classes: [typeof Collection, typeof MongoClient] = [Deep, DeepClient];
export function find(users: Deep<{ a: number }>, session: ServerSession): Future<unknown> {
  applySession(session);
  users.findOne({}, (error, user) => user?.a.toFixed());
  // @ts-expect-error there is no such method
  users.noSuchMethod();
  return users.findOne({ _id: new ObjectId() });
}
export default classes;
`;

const MODULES = { node16: 'node16', node10: 'commonjs', bundler: 'esnext' };
const RESOLUTIONS = ['node16', 'node10', 'bundler'] as const;

/** Type-checks a file of the app; fails with the compiler's messages. */
async function compile(app: App, file: string, resolution: keyof typeof MODULES): Promise<void> {
  const types = join(__dirname, '../../node_modules/@types');
  const flags = [
    ...['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--ignoreDeprecations', '6.0'],
    ...['--module', MODULES[resolution], '--moduleResolution', resolution],
    ...['--typeRoots', types, '--types', 'node']
  ];
  const args = [require.resolve('typescript/bin/tsc'), ...flags, file];
  const failed = (error: { stdout: string }): never => expect.fail(error.stdout);
  await promisify(execFile)(process.execPath, args, { cwd: app.folder }).catch(failed);
}

for (const name of ['mongo-motor', 'mongodb']) {
  describe(`paths under the driver's lib/, of this package installed as ${name}`, () => {
    let app: App;
    let walked: Record<string, Walked>;
    before(async function () {
      app = await App.install(this, { dependencies: { [name]: THIS_PACKAGE } });
      app.write('walk.mjs', WALK);
      walked = JSON.parse(await app.run('walk.mjs', { args: [name] })) as Record<string, Walked>;
    });
    after(() => app?.remove());

    it('are all there, with and without an extension, for import and require', () => {
      expect(Object.keys(walked).length).to.be.greaterThan(200);
      for (const [path, { unlike, whole }] of Object.entries(walked)) {
        expect(unlike, path).to.deep.equal([]);
        expect(whole, `the default export of ${path}`).to.equal(true);
      }
    });

    it("give what the driver's give, and our classes in place of those that they extend", () => {
      for (const [path, { foreign }] of Object.entries(walked)) expect(foreign, path).to.deep.equal([]);
      expect(walked['collection']!.replaced).to.deep.equal(['Collection']);
      expect(walked['mongo_client.js']!.replaced).to.deep.equal(['MongoClient']);
      expect(walked['bson']!.replaced).to.deep.equal([]);
      expect(walked['index']!.replaced).to.include.members(['Collection', 'Db', 'FindCursor']);
    });

    it('are there where other packages are known to reach for them', async () => {
      app.write('resolve.cjs', RESOLVE);
      const sizes = JSON.parse(await app.run('resolve.cjs', { args: [name, ...KNOWN] })) as number[];
      expect(sizes).to.have.length(KNOWN.length);
      for (const [index, size] of sizes.entries()) expect(size, KNOWN[index]).to.be.greaterThan(0);
    });

    for (const resolution of name === 'mongodb' ? (['node16'] as const) : RESOLUTIONS) {
      it(`have types, for ${resolution} resolution`, async function () {
        this.timeout(60_000);
        app.write('typed.ts', TYPED(name));
        await compile(app, 'typed.ts', resolution);
      });
    }
  });
}
