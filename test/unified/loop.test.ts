import { expect } from 'chai';
import type { Document } from 'mongodb';
import { loadDriver } from './driver';
import { Environments } from './environments';
import type { OperationDescription } from './format';
import { createEntities } from './create-entities';
import { runOperation } from './operations';
import { TestRun } from './test-run';

describe("a unified test's loop", () => {
  let environments: Environments;
  let run: TestRun;

  before(async () => {
    environments = await Environments.open();
  });

  after(() => environments?.close());

  beforeEach(async () => {
    run = new TestRun(await loadDriver(), environments.shared);
    const stored = [{ id: 'events', events: ['CommandStartedEvent'] }];
    await createEntities(
      [
        { client: { id: 'client', storeEventsAsEntities: stored } },
        { database: { id: 'database', client: 'client', databaseName: 'loops' } }
      ],
      run
    );
  });

  afterEach(() => run.close());

  const loop = (operation: Partial<OperationDescription>, args: object): Promise<void> => {
    const ping = { name: 'runCommand', object: 'database', arguments: { command: { ping: 1 } } };
    const operations = [{ ...ping, ...operation }];
    return runOperation({ name: 'loop', object: 'testRunner', arguments: { operations, ...args } }, run);
  };

  const value = (id: string): unknown => run.entities.get('value', id);
  const list = (id: string): Document[] => value(id) as Document[];

  it('counts what it does, and its events are stored as the documents the format makes of them', async () => {
    await loop({}, { storeIterationsAsEntity: 'iterations', storeSuccessesAsEntity: 'successes' });
    expect(value('iterations')).to.be.above(1).and.to.equal(value('successes'));
    expect(list('events')).to.have.lengthOf(Number(value('successes')));
    expect(list('events')[0]).to.include({ name: 'CommandStartedEvent', commandName: 'ping' });
  });

  it('goes on after what it has a list for, an error apart from a failure', async () => {
    const lists = { storeErrorsAsEntity: 'errors', storeFailuresAsEntity: 'failures' };
    await loop({ arguments: { command: { noSuchCommand: 1 } } }, lists);
    expect(list('errors')[0]?.error).to.match(/noSuchCommand/);
    expect(value('failures')).to.deep.equal([]);
  });

  it('ends with what it has no list for', async () => {
    const error = await loop({ expectResult: { ok: 2 } }, {}).catch((thrown: Error) => thrown);
    expect(error).to.have.property('name', 'Mismatch');
  });
});
