import { expect } from 'chai';
import * as driver from 'mongodb';
import type { Document } from 'mongodb';
import { Admin, Db } from '../../lib';
import { failure } from '../support/bounds';
import { sameAsTheDriver, type Case, type Subject } from '../support/parity';
import { useStage } from '../support/stage';

const SEED = [{ _id: 1 }];

const fields = (document: unknown): string[] => Object.keys(document as object).sort();

const admin = ({ db }: Subject): driver.Admin => db.admin();

/** The same method without arguments, with none, and with options. */
const alone = (method: string): Record<string, Case> => ({
  [method]: async subject => fields(await subject.call(admin(subject), method)),
  [`${method} with no options`]: async subject =>
    fields(await subject.call(admin(subject), method, undefined)),
  [`${method} with options`]: async subject =>
    fields(await subject.call(admin(subject), method, { readPreference: 'primary', promoteValues: false }))
});

const methods: Record<string, Case> = {
  ...alone('buildInfo'),
  ...alone('serverInfo'),
  ...alone('serverStatus'),
  ...alone('ping'),
  ...alone('replSetGetStatus'),
  command: async subject => subject.call(admin(subject), 'command', { ping: 1 }),
  'command with BSON options': async subject => {
    const { ok } = (await subject.call(admin(subject), 'command', { ping: 1 }, { promoteValues: false })) as {
      ok: unknown;
    };
    return ok;
  },
  'command that fails': subject => subject.call(admin(subject), 'command', { nope: 1 }),
  'command that only the database admin knows': async subject =>
    fields(await subject.call(admin(subject), 'command', { listDatabases: 1 })),
  'removeUser of nobody': subject => subject.call(admin(subject), 'removeUser', 'nobody'),
  validateCollection: async subject => {
    const reply = (await subject.call(admin(subject), 'validateCollection', 'users')) as object;
    return [reply.constructor.name, (reply as { toObject(): Document }).toObject().valid];
  },
  'validateCollection with options': async subject => {
    const reply = await subject.call(admin(subject), 'validateCollection', 'users', { background: false });
    return (reply as { toObject(): Document }).toObject().valid;
  },
  'validateCollection of none': subject => subject.call(admin(subject), 'validateCollection', 'nobody'),
  listDatabases: async subject => {
    const listed = (await subject.call(admin(subject), 'listDatabases')) as driver.ListDatabasesResult;
    return [fields(listed), listed.databases.some(({ name }) => name === subject.db.databaseName)];
  },
  'listDatabases of one': async subject => {
    const only = { nameOnly: true, filter: { name: subject.db.databaseName } };
    return ((await subject.call(admin(subject), 'listDatabases', only)) as Document).databases;
  }
};

describe("an administrator's method", () => sameAsTheDriver('motor_admin', SEED, methods));

describe('an administrator', () => {
  const stage = useStage();

  it('is of our class and of the driver’s, and can be made of a database', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri());
    const made = [client.db('shop').admin(), new Admin(new Db(client, 'shop'))];
    for (const each of made) {
      expect(each).to.be.instanceOf(Admin).and.instanceOf(driver.Admin);
      expect(await each.ping()).to.have.property('ok', 1);
    }
    expect(simulator.commands('ping').map(({ database }) => database)).to.deep.equal(['admin', 'admin']);
  });

  it('takes the command that it is given as it is, and leaves it so', async () => {
    const simulator = await stage.simulator();
    const command = Object.freeze({ ping: 1, comment: 'mine' });
    await stage.client(simulator.uri()).db('shop').admin().command(command);
    expect(simulator.commands('ping')[0]?.command).to.include({ comment: 'mine', $db: 'admin' });
    expect(command).to.deep.equal({ ping: 1, comment: 'mine' });
  });

  it('says in an error which command failed, and where it was called', async () => {
    const simulator = await stage.simulator();
    simulator.on('replSetGetStatus', (_command, reply) => reply.fail(76, 'NoReplicationEnabled'));
    const error = await failure(stage.client(simulator.uri()).db().admin().replSetGetStatus());
    expect(error).to.include({ code: 76, namespace: 'admin', commandName: 'runCommand' });
    expect(error.stack).to.include('methods.test.ts');
  });

  it('refuses a collection that the server finds invalid', async () => {
    const simulator = await stage.simulator();
    simulator.on('validate', () => ({ valid: false }));
    const error = await failure(stage.client(simulator.uri()).db('shop').admin().validateCollection('users'));
    expect(error).to.be.instanceOf(driver.MongoUnexpectedServerResponseError);
    expect(error.message).to.equal('Invalid collection users');
  });
});
