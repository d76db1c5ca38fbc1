import { expect } from 'chai';
import type { Document } from 'mongodb';
import * as driver from 'mongodb';
import * as motor from '../../lib';
import { failure } from '../support/bounds';
import { sentCommands } from '../support/sent-commands';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

const OK = (): Document => ({});
const PK_FACTORY = { createPk: () => 'mine' };

describe('a collection that a database', () => {
  const stage = useStage();
  let simulator: Simulator;
  let db: motor.Db;
  beforeEach(async () => {
    simulator = await stage.simulator({ maxWireVersion: 25 });
    for (const name of ['create', 'drop', 'createIndexes', 'renameCollection']) simulator.on(name, OK);
    simulator.on('listCollections', (_command, reply) =>
      reply.cursor([{ name: 'users' }, { name: 'a$b' }, { name: 'orders' }])
    );
    db = stage.client(simulator.uri()).db('shop', { pkFactory: PK_FACTORY });
  });

  it('makes, lists or renames is of our class, and has the options of the database', async () => {
    const made: motor.Collection[] = [
      await db.createCollection('users', { raw: true }),
      ...(await db.collections()),
      await db.renameCollection('users', 'people')
    ];
    for (const collection of made) {
      expect(collection).to.be.instanceOf(motor.Collection);
      expect(collection.db).to.equal(db);
      await collection.insertOne({});
    }
    expect(made.map(({ collectionName }) => collectionName)).to.deep.equal([
      'users',
      'users',
      'orders',
      'people'
    ]);
    const inserted = simulator.commands('insert').map(({ command }) => command.documents[0]._id as unknown);
    expect(inserted).to.deep.equal(['mine', 'mine', 'mine', 'mine']);
    expect(made[0]!.bsonOptions).to.have.property('raw', true);
  });

  it('renames by itself has the options of the one renamed', async () => {
    const renamed = await db.collection('users', { readConcern: { level: 'majority' } }).rename('people');
    expect(renamed).to.be.instanceOf(motor.Collection);
    expect(renamed.readConcern).to.have.property('level', 'majority');
    expect(renamed.namespace).to.equal('shop.people');
  });

  const runs: Record<string, (db: driver.Db) => Promise<unknown>> = {
    'is made': db => db.createCollection('users', { capped: true, size: 4096, comment: 'mine' }),
    'is made with encrypted fields': db =>
      db.createCollection('secrets', { encryptedFields: { escCollection: 'beside', fields: [] } }),
    'is dropped': db => db.dropCollection('users', { writeConcern: { w: 'majority' } }),
    'is dropped by itself': db => db.collection('users').drop({ comment: 'mine' }),
    'is dropped with encrypted fields': db =>
      db.dropCollection('secrets', { encryptedFields: { fields: [] } }),
    'is renamed': db => db.renameCollection('users', 'people', { dropTarget: true }),
    'is asked for its options': db =>
      db
        .collection('users')
        .options()
        .catch(() => {}),
    'is listed with all others': db => db.collections({ authorizedCollections: true, batchSize: 2 })
  };
  for (const [name, run] of Object.entries(runs)) {
    it(`has, when it ${name}, the commands that the driver would send`, async () => {
      const ours = await sentCommands(simulator.uri(), motor, run);
      expect(ours).to.have.length.above(0);
      expect(ours).to.deep.equal(await sentCommands(simulator.uri(), driver, run));
    });
  }

  it('cannot make says so with the namespace and the command', async () => {
    simulator.on('create', (_command, reply) => reply.fail(48, 'NamespaceExists'));
    const error = await failure(db.createCollection('users'));
    expect(error).to.include({ code: 48, namespace: 'shop', commandName: 'create' });
  });
});
