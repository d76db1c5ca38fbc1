import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from '../../lib';
import { App, THIS_PACKAGE } from '../support/installed';
import { sharedServer } from '../support/server';
import { promised, type Snippet, snippetsOf } from './snippets';

const WRITTEN_FOR = 'mongodb://localhost:27017/shop';
const DRIVER_4 = 'From callbacks of driver 4';
const snippets = snippetsOf('docs/migrating.md');
const programs = snippets.filter(({ language }) => language === 'js');

describe('docs/migrating.md', function () {
  this.timeout(120_000);
  let app: App;
  let database: string;

  before(async function () {
    app = await App.install(this, {
      dependencies: {
        'mongo-motor': THIS_PACKAGE,
        mongodb: '7.9.0',
        'mongodb-legacy': '6.1.3',
        'mongodb-4': 'npm:mongodb@4.17.2'
      }
    });
    const url = new URL((await sharedServer()).uri);
    url.pathname = '/migrating';
    database = url.href;
  });
  after(() => app?.remove());

  /** The lines that a snippet prints, in a database that is empty. */
  async function run({ text, section, role }: Snippet): Promise<string[]> {
    const client = new MongoClient(database);
    await client.db().dropDatabase();
    await client.db().createCollection('users');
    await client.close();
    const driver4 = section === DRIVER_4 && role === 'before';
    const program = text.replaceAll(WRITTEN_FOR, database);
    app.write(
      'snippet.cjs',
      driver4 ? program.replace("require('mongodb')", "require('mongodb-4')") : program
    );
    return (await app.run('snippet.cjs')).trimEnd().split('\n');
  }

  for (const snippet of programs) {
    it(`prints what it says (${snippet.section}, ${snippet.role}, line ${snippet.line})`, async () => {
      expect(promised(snippet.text)).not.to.be.empty;
      expect(await run(snippet)).to.deep.equal(promised(snippet.text));
    });
  }

  it('has snippets from before and after for each package to come from', () => {
    const kinds = new Set(programs.map(({ section, role }) => `${section}, ${role}`));
    expect([...kinds].sort()).to.deep.equal(
      [DRIVER_4, 'From `mongodb-legacy`', 'From `mongodb` 7']
        .flatMap(section => [`${section}, before`, `${section}, after`])
        .sort()
    );
  });

  it('connects only where the test can replace the address, and never to the package before', () => {
    for (const { text, role } of programs) {
      expect(text).to.include(WRITTEN_FOR);
      expect(/require\('(.*?)'\)/.exec(text)?.[1] === 'mongo-motor').to.equal(role === 'after');
    }
  });

  it('shows the overrides of the example', () => {
    const [shown] = snippets.filter(({ language }) => language === 'json').map(({ text }) => manifest(text));
    const example = readFileSync(join(__dirname, '../../examples/mongoose/package.json'), 'utf8');
    expect(manifest(example)).to.deep.include(shown);
  });

  it('shows the versions that this package has, and is made of', () => {
    const own = manifest(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
    for (const { text } of snippets.filter(({ language }) => language === 'json')) {
      expect(text).to.include(`npm:mongo-motor@${own.version}"`);
      expect(manifest(text).overrides?.mongodb?.mongodb).to.equal(own.dependencies.mongodb);
    }
  });
});

interface Manifest {
  version?: string;
  dependencies: Record<string, string>;
  overrides?: Record<string, Record<string, string>>;
}

function manifest(text: string): Manifest {
  return JSON.parse(text) as Manifest;
}
