import { expect } from 'chai';
import * as driver from 'mongodb';
import { coroutine, type Collection, type Future, type MongoClient } from '../../lib';
import { failure } from '../support/bounds';
import { sharedServer } from '../support/server';
import { styles, type Call } from '../support/styles';
import { useStage } from '../support/stage';

const HERE = 'errors.test.ts';

/** The line on which a function of this file was called, as an error's stack has it. */
function linesOf(error: Error): number[] {
  const lines = [...(error.stack ?? '').matchAll(new RegExp(`${HERE.replaceAll('.', '\\.')}:(\\d+)`, 'g'))];
  return lines.map(([, line]) => Number(line));
}

/** The line of the call of this function, plus some. */
function line(plus = 0): number {
  const [, own] = linesOf(new Error('here'));
  return own! + plus;
}

describe('the error of a call', () => {
  const stage = useStage();
  let client: MongoClient;
  let users: Collection<{ _id: number }>;

  beforeEach(async function () {
    this.timeout(60_000);
    client = stage.client((await sharedServer()).uri);
    users = client.db('motor_errors').collection('users');
    await users.deleteMany({});
    await users.insertOne({ _id: 1 });
  });

  it("has the caller's file and line in its stack: a future that is awaited", async () => {
    let at = 0;
    async function insert(): Promise<void> {
      at = line(1);
      await users.insertOne({ _id: 1 });
    }
    async function outer(): Promise<void> {
      await insert();
    }
    const error = await failure(outer());
    expect(linesOf(error)).to.include(at);
    expect(error.stack).to.match(/at async insert .*\n.*at async outer /);
  });

  it("has the caller's file and line in its stack: then()", async () => {
    let at = 0;
    const error = await new Promise<Error>(resolve => {
      at = line(1);
      users.insertOne({ _id: 1 }).then(undefined, resolve);
    });
    expect(linesOf(error)).to.include(at);
  });

  it("has the caller's file and line in its stack: a callback", async () => {
    const at = line(2);
    const error = await new Promise<Error>((resolve, reject) => {
      users.insertOne({ _id: 1 }, error => (error ? resolve(error) : reject(new Error('no error'))));
    });
    expect(linesOf(error)).to.include(at);
  });

  it("has the caller's file and line in its stack: a yield", async () => {
    let at = 0;
    const insert = coroutine(function* () {
      at = line(1);
      yield* users.insertOne({ _id: 1 });
    });
    expect(linesOf(await failure(insert()))).to.include(at);
  });

  const calls: Record<string, () => Future<unknown>> = {
    insertMany: () => users.insertMany([{ _id: 1 }]),
    bulkWrite: () => users.bulkWrite([{ insertOne: { document: { _id: 1 } } }]),
    'initializeOrderedBulkOp().execute': () => users.initializeOrderedBulkOp().insert({ _id: 1 }).execute(),
    'client.bulkWrite': () => client.bulkWrite([]),
    'find().next': () => users.find({ $nope: 1 } as object).next(),
    'find().toArray': () => users.find({ $nope: 1 } as object).toArray(),
    'find().forEach': () => users.find({ $nope: 1 } as object).forEach(() => {}),
    'aggregate().toArray': () => users.aggregate([{ $nope: 1 }]).toArray(),
    'db.command': () => client.db('motor_errors').command({ nope: 1 }),
    updateOne: () => users.updateOne({}, { nope: 1 } as object),
    createIndex: () => users.createIndex({ a: 'nope' as never })
  };
  for (const [name, call] of Object.entries(calls)) {
    it(`has the caller's file and line in its stack, whichever the method: ${name}`, async () => {
      const error = await failure(call());
      const source = call.toString();
      expect(source).to.include('=>');
      expect(linesOf(error), error.stack).to.have.length.above(0);
    });
  }

  it('has no stack of the caller when a client was told so', async () => {
    const brief = stage.client((await sharedServer()).uri, { callerStack: false } as object);
    const call = brief.db('motor_errors').collection<{ _id: number }>('users').insertOne({ _id: 1 });
    const error = await failure(call);
    expect(linesOf(error)).to.deep.equal([]);
    expect(error.message).to.include('E11000');
  });

  for (const [style, call] of Object.entries(styles)) {
    it(`says what it was about, in properties that are not enumerable: ${style} style`, async () => {
      const run = call as Call;
      const failures: [Promise<unknown>, string, string][] = [
        [run(users, 'insertOne', { _id: 1 }), 'motor_errors.users', 'insert'],
        [run(users, 'insertMany', [{ _id: 1 }]), 'motor_errors.users', 'bulkWrite'],
        [run(users, 'findOne', { $nope: 1 }), 'motor_errors.users', 'find'],
        [run(users.find({ $nope: 1 } as object), 'next'), 'motor_errors.users', 'find'],
        [run(users.aggregate([{ $nope: 1 }]), 'toArray'), 'motor_errors.users', 'aggregate'],
        [run(client.db('motor_errors'), 'command', { nope: 1 }), 'motor_errors', 'runCommand']
      ];
      for (const [failing, namespace, commandName] of failures) {
        const error = await failure(failing);
        expect(error).to.include({ namespace, commandName });
        expect(Object.keys(error)).not.to.include.oneOf(['namespace', 'commandName', 'stack']);
        expect(JSON.stringify(error)).not.to.include('commandName');
      }
    });
  }

  it("is of the driver's class, unwrapped", async () => {
    const bulk = await failure(users.insertMany([{ _id: 1 }]));
    expect(bulk.constructor).to.equal(driver.MongoBulkWriteError);
    const server = await failure(users.insertOne({ _id: 1 }));
    expect(server.constructor).to.equal(driver.MongoServerError);
    expect(server).to.include({ code: 11000 });
    const simulator = await stage.simulator();
    const doomed = stage.client(simulator.uri({ retryReads: false }));
    simulator.on('find', (_command, _reply, connection) => connection.reset());
    const network = await failure(doomed.db('shop').collection('users').findOne({}));
    expect(network.constructor).to.equal(driver.MongoNetworkError);
    const nowhere = stage.client('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 });
    const selection = await failure(nowhere.db('shop').collection('users').findOne({}));
    expect(selection.constructor).to.equal(driver.MongoServerSelectionError);
  });
});
