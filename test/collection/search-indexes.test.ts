import { expect } from 'chai';
import * as driver from 'mongodb';
import * as motor from '../../lib';
import { failure } from '../support/bounds';
import { sentCommands } from '../support/sent-commands';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { styles } from '../support/styles';

const DEFINITION = { mappings: { dynamic: true } };

/** Atlas Search is not to be had everywhere: a simulator answers as it does. */
describe('a method about search indexes', () => {
  const stage = useStage();
  let simulator: Simulator;
  let users: motor.Collection;
  beforeEach(async () => {
    simulator = await stage.simulator();
    simulator.on('createSearchIndexes', ({ indexes }) => ({
      indexesCreated: (indexes as { name?: string }[]).map(({ name = 'default' }) => ({ id: '1', name }))
    }));
    simulator.on('updateSearchIndex', () => ({}));
    simulator.on('dropSearchIndex', () => ({}));
    simulator.on('aggregate', (_command, reply) => reply.cursor([{ name: 'one' }, { name: 'two' }]));
    users = stage.client(simulator.uri()).db('shop').collection('users');
  });

  for (const [style, call] of Object.entries(styles)) {
    it(`gives what Atlas says, in ${style} style`, async () => {
      const one = { name: 'one', definition: DEFINITION };
      expect(await call(users, 'createSearchIndex', { definition: DEFINITION })).to.equal('default');
      expect(await call(users, 'createSearchIndex', one)).to.equal('one');
      expect(await call(users, 'createSearchIndexes', [one, { ...one, name: 'two' }])).to.deep.equal([
        'one',
        'two'
      ]);
      expect(await call(users, 'updateSearchIndex', 'one', DEFINITION)).to.equal(undefined);
      expect(await call(users, 'dropSearchIndex', 'one')).to.equal(undefined);
      const listed = [{ name: 'one' }, { name: 'two' }];
      expect(await call(users.listSearchIndexes(), 'toArray')).to.deep.equal(listed);
      expect(await call(users.listSearchIndexes('one'), 'nextBatch')).to.deep.equal(listed);
    });

    it(`that Atlas refuses fails, in ${style} style`, async () => {
      const refused = ['createSearchIndexes', 'updateSearchIndex', 'dropSearchIndex', 'aggregate'];
      for (const name of refused) simulator.on(name, (_command, reply) => reply.fail(31082, 'Refused'));
      const calls: [object, string, ...unknown[]][] = [
        [users, 'createSearchIndex', { definition: DEFINITION }],
        [users, 'createSearchIndexes', []],
        [users, 'updateSearchIndex', 'one', DEFINITION],
        [users, 'dropSearchIndex', 'one'],
        [users.listSearchIndexes(), 'next']
      ];
      for (const [owner, method, ...args] of calls) {
        const error = await failure(call(owner, method, ...args));
        expect(error, method).to.include({ code: 31082, namespace: 'shop.users' });
      }
    });
  }

  it('takes a collection that is not there for one whose index is dropped', async () => {
    simulator.on('dropSearchIndex', (_command, reply) => reply.fail(26, 'NamespaceNotFound', 'ns not found'));
    expect(await users.dropSearchIndex('one')).to.equal(undefined);
  });

  it('sends the commands that the driver would send', async () => {
    const run = async (db: driver.Db): Promise<void> => {
      const collection = db.collection('users', { readConcern: { level: 'majority' } });
      await collection.createSearchIndex({ type: 'vectorSearch', definition: DEFINITION });
      await collection.updateSearchIndex('one', DEFINITION);
      await collection.dropSearchIndex('one');
      await collection.listSearchIndexes().toArray();
      await collection.listSearchIndexes('one').toArray();
      await collection.listSearchIndexes({ batchSize: 2 }).toArray();
      await collection.listSearchIndexes('one', { batchSize: 2, comment: 'mine' }).toArray();
    };
    const ours = await sentCommands(simulator.uri(), motor, run);
    expect(ours).to.have.length(7);
    expect(ours).to.deep.equal(await sentCommands(simulator.uri(), driver, run));
  });
});
