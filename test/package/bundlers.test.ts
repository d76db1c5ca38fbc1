import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { App, THIS_PACKAGE } from '../support/installed';
import { sharedServer } from '../support/server';
import { BUNDLERS, SCRIPTS } from './bundlers';

/** A small program: each style, an error of the server's and one of ours, and a path under the driver's lib/. */
const PROGRAM = `
import { coroutine, MongoClient, MongoServerError, MotorError, ObjectId } from 'mongo-motor';
import { Collection } from 'mongo-motor/lib/collection';

const [, , uri, database] = process.argv;
const client = new MongoClient(uri);
const users = client.db(database).collection('users');

const call = (owner, method, ...args) =>
  new Promise((resolve, reject) => {
    owner[method](...args, (error, value) => (error ? reject(error) : resolve(value)));
  });

const byYield = coroutine(function* () {
  yield* users.insertOne({ style: 'yield' });
  return yield* users.find({ style: 'yield' }).toArray();
});

async function main() {
  const _id = new ObjectId();
  await users.insertOne({ _id, style: 'promise' });
  await call(users, 'insertOne', { style: 'callback' });
  const found = [
    await users.findOne({ _id }),
    ...(await call(users.find({ style: 'callback' }), 'toArray')),
    ...(await byYield())
  ];
  const duplicate = await users.insertOne({ _id }).catch(error => error);
  const yielded = await coroutine(function* () { yield 7; })().catch(error => error);
  console.log(JSON.stringify({
    styles: found.map(({ style }) => style),
    collection: users instanceof Collection,
    duplicate: [duplicate instanceof MongoServerError, duplicate.name, duplicate.code],
    yielded: [yielded instanceof MotorError, yielded.name, yielded.code]
  }));
}

main().finally(() => client.db(database).dropDatabase().then(() => client.close()));
`;

const EXPECTED = {
  styles: ['promise', 'callback', 'yield'],
  collection: true,
  duplicate: [true, 'MongoServerError', 11000],
  yielded: [true, 'BadYieldError', 'ERR_BAD_YIELD']
};

describe('a program that is bundled', function () {
  this.timeout(120_000);
  let app: App;
  before(async function () {
    app = await App.install(this, { dependencies: { 'mongo-motor': THIS_PACKAGE, ...BUNDLERS } });
    app.write('program.mjs', PROGRAM);
    app.write(
      'plain.mjs',
      `import { MongoClient } from 'mongodb';\nnew MongoClient('mongodb://localhost');\n`
    );
    for (const [name, text] of Object.entries(SCRIPTS)) app.write(name, text);
  });
  after(() => app?.remove());

  async function bundle(script: keyof typeof SCRIPTS, ...args: string[]): Promise<string[]> {
    return JSON.parse(await app.run(script, { args })) as string[];
  }

  /** Runs a bundle where there are no packages. */
  async function run(file: string): Promise<unknown> {
    const { uri } = await sharedServer();
    const folder = mkdtempSync(join(tmpdir(), 'mongo-motor-bundle-'));
    try {
      copyFileSync(join(app.folder, file), join(folder, file));
      const args = [file, uri, `bundled_${process.pid}`];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, timeout: 30_000 });
      return JSON.parse(stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  for (const flags of [[], ['--minify']]) {
    it(`runs without its packages, and is made without a warning, by esbuild ${flags.join()}`, async () => {
      expect(await bundle('esbuild.mjs', 'program.mjs', 'esbuild.cjs', ...flags)).to.deep.equal([]);
      expect(await run('esbuild.cjs')).to.deep.equal(EXPECTED);
    });
  }

  it('runs without its packages, and is made without a warning, by webpack with externals', async () => {
    expect(
      await bundle('webpack.mjs', 'program.mjs', 'webpack.cjs', '--externals', '--minify')
    ).to.deep.equal([]);
    expect(await run('webpack.cjs')).to.deep.equal(EXPECTED);
  });

  it('is made with the very warnings of a program on the driver by webpack without them', async () => {
    const ours = await bundle('webpack.mjs', 'program.mjs', 'webpack.cjs');
    const theirs = await bundle('webpack.mjs', 'plain.mjs', 'plain.cjs');
    expect(ours.sort()).to.deep.equal(theirs.sort());
    expect(await run('webpack.cjs')).to.deep.equal(EXPECTED);
  });

  it('runs without its packages, and is made without a warning of ours, by rollup', async () => {
    const warnings = await bundle('rollup.mjs', 'program.mjs', 'rollup.cjs');
    const ours = warnings.filter(
      text => !text.startsWith('CIRCULAR_DEPENDENCY') || text.includes('mongo-motor/dist')
    );
    expect(ours).to.deep.equal([]);
    expect(await run('rollup.cjs')).to.deep.equal(EXPECTED);
  });
});
