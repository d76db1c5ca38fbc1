import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { App, THIS_PACKAGE } from '../support/installed';

/** Which files of the package are loaded, and how often what they have in common is. */
const LOADED = `
require('mongo-motor');
require('mongo-motor/lib/collection');
const ours = Object.keys(require.cache).filter(path => /mongo-motor.dist/.test(path));
process.stdout.write(JSON.stringify(ours.map(path => path.replaceAll('\\\\', '/').split('/mongo-motor/')[1])));
`;

/** Where errors of ours are thrown, by their stacks: at once, and in a coroutine. */
const THROW = `
const { BSON, coroutine } = require('mongo-motor');
const stacks = [];
const keep = error => void stacks.push(error.stack);
try { coroutine(7); } catch (error) { keep(error); }
try { BSON.deserialize(new Uint8Array(3)); } catch (error) { keep(error); }
coroutine(function* () { yield 7; })().catch(keep).then(() => process.stdout.write(JSON.stringify(stacks)));
`;

/** A frame in a source of ours: the function, the file, the line and the column. */
const FRAME = /at (?:async )?(\S+) \(.*mongo-motor[\\/](lib[\\/]\S+\.ts):(\d+):(\d+)\)/g;

describe('the file that is built', () => {
  let app: App;
  before(async function () {
    app = await App.install(this, { dependencies: { 'mongo-motor': THIS_PACKAGE } });
    app.write('loaded.cjs', LOADED);
    app.write('throw.cjs', THROW);
  });
  after(() => app?.remove());

  it('is all of ours that is loaded, besides the paths under lib/ that are asked for', async () => {
    const loaded = JSON.parse(await app.run('loaded.cjs')) as string[];
    expect(loaded).to.deep.equal(['dist/index.js', 'dist/driver-paths/collection.js']);
  });

  it('has a source map that finds the function, line and column of the source', async () => {
    const printed = await app.run('throw.cjs', { node: ['--enable-source-maps'] });
    const found = (JSON.parse(printed) as string[]).map(stack => [...stack.matchAll(FRAME)].map(sourceOf));
    const [[direct], [decoding], [yielding, ...below]] = found as [Frame[], Frame[], Frame[]];
    expect(direct).to.include({ file: 'lib/coroutine.ts' });
    expect(direct!.code).to.match(/^new TypeError\('coroutine\(\) takes/);
    expect(decoding).to.include({ name: 'Object.deserialize', file: 'lib/bson/deserialize.ts' });
    expect(decoding!.code).to.match(/^deserialize\(/);
    expect(yielding!.code).to.match(/^new BadYieldError\(/);
    expect(below.map(({ name }) => name)).to.include.members(['Coroutine.start', 'Coroutine.#step']);
  });

  interface Frame {
    name: string;
    file: string;
    /** What is there in the source, to the end of its line. */
    code: string;
  }

  function sourceOf([, name, path, line, column]: RegExpMatchArray): Frame {
    const file = path!.replaceAll('\\', '/');
    const text = readFileSync(join(app.folder, 'node_modules/mongo-motor', file), 'utf8');
    return { name: name!, file, code: text.split('\n')[Number(line) - 1]!.slice(Number(column) - 1) };
  }
});
