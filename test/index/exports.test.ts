import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as driver from 'mongodb';
import * as motor from '../../lib';

const ROOT = join(__dirname, '../..');

type Exports = Record<string, unknown>;

/** Both ways to load the package, in one process: what each exports, and where the two are not the same. */
const COMPARE = `
import * as esm from './dist/index.mjs';
import { createRequire } from 'node:module';
const cjs = createRequire(import.meta.url)('./dist/index.js');
const names = { esm: Object.keys(esm).filter(name => name !== 'default').sort(), cjs: Object.keys(cjs).sort() };
const different = names.cjs.filter(name => esm[name] !== cjs[name]);
if (esm.default !== cjs) different.push('default');
process.stdout.write(JSON.stringify({ names, different }));
`;

describe('the exports', () => {
  it('hold everything that mongodb exports: the same, or a class of ours that extends it', () => {
    const ours: Exports = motor;
    const replaced: string[] = [];
    for (const [name, value] of Object.entries(driver)) {
      expect(ours, name).to.have.property(name);
      if (ours[name] === value) continue;
      replaced.push(name);
      if (name === 'BSON') continue; // a namespace with our codec in it
      const [mine, theirs] = [ours[name], value] as (new () => object)[];
      expect(mine!.prototype, `${name} extends the driver's`).to.be.instanceOf(theirs!);
      expect(mine!.name).to.equal(name);
    }
    expect(replaced).to.include.members([
      'MongoClient',
      'Db',
      'Collection',
      'FindCursor',
      'AggregationCursor'
    ]);
  });

  it('hold nothing undefined, and no internals of the driver', () => {
    for (const [name, value] of Object.entries(motor)) expect(value, name).not.to.equal(undefined);
    const added = Object.keys(motor).filter(name => !(name in driver));
    expect(added).to.include.members(['asynchronize', 'coroutine', 'Future', 'moment', 'waitFor']);
    for (const internal of ['Pool', 'Connection', 'execute', 'ConnectionPool', 'Topology']) {
      expect(added).not.to.include(internal);
    }
  });

  it('are the same instance for import and for require', function () {
    this.timeout(60_000);
    if (!existsSync(join(ROOT, 'dist/index.mjs')))
      execFileSync('npm', ['run', 'build', '--silent'], { cwd: ROOT });
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', COMPARE], { cwd: ROOT });
    const { names, different } = JSON.parse(printed.toString()) as {
      names: { esm: string[]; cjs: string[] };
      different: string[];
    };
    expect(different).to.deep.equal([]);
    expect(names.esm).to.deep.equal(names.cjs);
    expect(names.cjs).to.include.members(Object.keys(driver));
  });
});
