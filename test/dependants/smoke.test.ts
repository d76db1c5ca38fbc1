import { expect } from 'chai';
import { App, THIS_PACKAGE } from '../support/installed';
import { sharedServer } from '../support/server';
import { inPlaceOfTheDriver, runProgram, whoseDriver } from './in-place-of-the-driver';

interface Dependant {
  /** The package that asks for the driver. */
  name: string;
  does: string;
  program: string;
  dependencies: Record<string, string>;
  /** What the program prints: the same on the official driver. */
  prints: string[];
}

const dependants: Dependant[] = [
  {
    name: 'connect-mongo',
    does: 'keeps the sessions of express-session',
    program: 'programs/connect-mongo.mjs',
    dependencies: { 'connect-mongo': '6.0.0', 'express-session': '1.19.0' },
    prints: [
      'visits 1 2 3',
      'sessions 1 [ 3 ]',
      "indexes [ [ '_id_', undefined ], [ 'expires_1', 0 ] ]",
      'touched undefined',
      'destroyed undefined null',
      'cleared undefined 0',
      'its own client 7'
    ]
  },
  {
    name: '@agendajs/mongo-backend',
    does: 'keeps, locks and runs the jobs of agenda',
    program: 'programs/agenda.mjs',
    dependencies: { agenda: '6.2.6', '@agendajs/mongo-backend': '4.0.3' },
    prints: [
      'repeats 1 hour',
      "done [ 'Ada', 'Bob', 'Cid' ]",
      'failed mine',
      'jobs [["fail",null,"normal"],["greet","Ada","normal"],["greet","Bob","normal"],["greet","Cid","single"]]',
      'indexes ["_id","name nextRunAt priority lockedAt disabled"]',
      'cancelled 3'
    ]
  },
  {
    name: 'typeorm',
    does: 'maps entities to collections',
    program: 'programs/typeorm.mjs',
    // its peer dependency is optional: whoever wants the driver asks for it
    dependencies: { typeorm: '1.1.1', mongodb: THIS_PACKAGE },
    prints: [
      "found [ 'Ada', 'Bob', 'Cid' ]",
      'one 12',
      "where [ 'Cid' ]",
      'and count 2',
      'saved 13',
      'update 3',
      'total 102',
      'next Ada Bob',
      'counts 3 1',
      "duplicate [ 'MongoServerError', 11000 ]",
      "indexes [ '_id_', 'by_name' ]",
      'bulk 1',
      'removed Bob',
      'deleted 1'
    ]
  }
];

for (const { name, does, program, dependencies, prints } of dependants) {
  describe(`${name}, with this package in the place of the driver`, function () {
    this.timeout(120_000);
    let app: App;

    before(async function () {
      app = await App.install(this, { dependencies, overrides: inPlaceOfTheDriver });
    });
    after(() => app?.remove());

    it('gets this package when it asks for the driver', async () => {
      expect(await whoseDriver(app, name)).to.equal('mongo-motor');
    });

    it(`${does}, as on the driver`, async () => {
      const { uri } = await sharedServer();
      expect(await runProgram(app, program, uri, 'dependant')).to.deep.equal(prints);
    });
  });
}
