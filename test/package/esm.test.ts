import { expect } from 'chai';
import { App, THIS_PACKAGE } from '../support/installed';

/** One user of the package, by require. */
const REPOSITORY = `
const { MongoClient, ObjectId } = require('mongo-motor');
const { Collection } = require('mongo-motor/lib/collection');
const client = new MongoClient('mongodb://127.0.0.1:9');
module.exports = { client, Collection, ObjectId, loaded: require('mongo-motor') };
`;

/** Another in the same process, by import, which names everything that there is. */
const main = (names: string[]): string => `
import motor, { ${names.map(name => `${name} as the${name}`).join(', ')} } from 'mongo-motor';
import * as everything from 'mongo-motor';
import * as deep from 'mongo-motor/lib/collection.js';
import deepest from 'mongo-motor/lib/bson';
import { client, Collection, loaded, ObjectId } from './repository.cjs';

const named = { ${names.map(name => `${name}: the${name}`).join(', ')} };
const different = Object.keys(loaded).filter(
  name => !(name in named) || named[name] !== loaded[name] || everything[name] !== loaded[name]
);
process.stdout.write(JSON.stringify({
  different,
  more: Object.keys(everything).filter(name => !(name in loaded)),
  default: motor === loaded,
  client: client instanceof theMongoClient && client.db('a').collection('b') instanceof theCollection,
  deep: deep.Collection === Collection && Collection === theCollection,
  bson: deepest.ObjectId === ObjectId && ObjectId === theObjectId
}));
`;

describe('users of the installed package by import and by require in one process', () => {
  let app: App;
  before(async function () {
    app = await App.install(this, { dependencies: { 'mongo-motor': THIS_PACKAGE } });
    app.write('repository.cjs', REPOSITORY);
    app.write('names.cjs', `process.stdout.write(JSON.stringify(Object.keys(require(process.argv[2]))))`);
  });
  after(() => app?.remove());

  const namesOf = async (name: string): Promise<string[]> =>
    JSON.parse(await app.run('names.cjs', { args: [name] })) as string[];

  it('share one instance: named imports of everything, the default, the namespace, deep paths', async () => {
    const names = await namesOf('mongo-motor');
    expect(names).to.include.members(await namesOf('mongodb'));
    app.write('main.mjs', main(names));
    expect(JSON.parse(await app.run('main.mjs'))).to.deep.equal({
      different: [],
      more: ['default'],
      default: true,
      client: true,
      deep: true,
      bson: true
    });
  });
});
