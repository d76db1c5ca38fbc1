import { expect } from 'chai';
import { MongoClient } from '../../lib';
import { App, THIS_PACKAGE } from '../support/installed';
import { sharedServer } from '../support/server';
import { promised, snippetsOf } from './snippets';

const WRITTEN_FOR = 'mongodb://localhost:27017/shop';
const programs = snippetsOf('docs/pipelining.md').filter(({ language }) => language === 'js');

describe('docs/pipelining.md', function () {
  this.timeout(120_000);
  let app: App;
  let database: string;

  before(async function () {
    app = await App.install(this, { dependencies: { 'mongo-motor': THIS_PACKAGE } });
    const url = new URL((await sharedServer()).uri);
    url.pathname = '/pipelining';
    database = url.href;
  });
  after(() => app?.remove());
  beforeEach(async () => {
    const client = new MongoClient(database);
    await client.db().dropDatabase();
    await client.close();
  });

  it('has a program', () => expect(programs).not.to.be.empty);

  for (const { text, line } of programs) {
    it(`prints what it says (line ${line})`, async () => {
      expect(text).to.include(WRITTEN_FOR);
      expect(promised(text)).not.to.be.empty;
      app.write('snippet.cjs', text.replaceAll(WRITTEN_FOR, database));
      expect((await app.run('snippet.cjs')).trimEnd().split('\n')).to.deep.equal(promised(text));
    });
  }
});
