import { expect } from 'chai';
import { App } from '../support/installed';
import { inPlaceOfTheDriver, printed, whoseDriver } from './in-place-of-the-driver';
import { mongodLike } from './mongod-shim';

describe('mongodb-memory-server, with this package in the place of the driver', function () {
  this.timeout(120_000);
  let app: App;

  before(async function () {
    const dependencies = { 'mongodb-memory-server-core': '11.3.0' };
    app = await App.install(this, { dependencies, overrides: inPlaceOfTheDriver });
  });
  after(() => app?.remove());

  it('gets this package when it asks for the driver', async () => {
    expect(await whoseDriver(app, 'mongodb-memory-server-core')).to.equal('mongo-motor');
  });

  it('starts a server, uses it and stops it', async () => {
    const env = { MONGOMS_SYSTEM_BINARY: await mongodLike(app.folder) };
    expect(await printed(app, 'programs/mongodb-memory-server.mjs', env)).to.deep.equal([
      'state running',
      'inserted 2',
      'found [ { _id: 1 }, { _id: 2 } ]',
      'state new'
    ]);
  });
});
