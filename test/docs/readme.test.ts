import { expect } from 'chai';
import { MongoClient } from '../../lib';
import { App, THIS_PACKAGE } from '../support/installed';
import { sharedServer } from '../support/server';
import { snippetsOf } from './snippets';

const ADDRESSES = /mongodb:\/\/localhost:27017(\/\w*)?/g;
const ANY_PAGE = /https:\/\/…/g;
const DATABASE = 'readme';

/** The snippets follow one another: what one has made, the next uses. As one module they run from top to bottom. */
function program(uri: string): string {
  const texts = snippetsOf('README.md')
    .filter(({ language }) => language === 'js')
    .map(({ text }) =>
      text.replace(ADDRESSES, uri).replace(ANY_PAGE, 'data:application/json,{"title":"a page"}')
    );
  return [...texts, 'await client.close();', "console.log('the end');"].join('\n');
}

describe('README.md', function () {
  this.timeout(120_000);
  let app: App;
  let uri: string;

  before(async function () {
    const dependencies = { 'mongo-motor': THIS_PACKAGE, bluebird: '3.7.2' };
    app = await App.install(this, { type: 'module', dependencies });
    const url = new URL((await sharedServer()).uri);
    url.pathname = `/${DATABASE}`;
    uri = url.href;
  });
  after(() => app?.remove());

  it('has snippets that run from top to bottom, and end', async () => {
    const client = new MongoClient(uri);
    const users = client.db('shop').collection('users');
    await users.deleteMany({});
    await users.insertOne({ name: 'Ada', from: DATABASE });
    try {
      app.write('readme.js', program(uri));
      const printed = (await app.run('readme.js')).trimEnd().split('\n');
      expect(printed.join('\n')).to.include(`from: '${DATABASE}'`);
      expect(printed.at(-1)).to.equal('the end');
    } finally {
      await users.drop();
      await client.close();
    }
  });
});
