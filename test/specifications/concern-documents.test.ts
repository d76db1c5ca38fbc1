import { expect } from 'chai';
import type { Document, MongoClient } from 'mongodb';
import { Simulator } from '../support/simulator';
import { driver } from './driver';
import { defineFolder } from './suite';
import type { Test } from './suite';

interface ConcernTest {
  description: string;
  valid: boolean;
  readConcern?: Document;
  readConcernDocument?: Document | null;
  writeConcern?: Document;
  writeConcernDocument?: Document | null;
  isServerDefault: boolean | null;
  isAcknowledged?: boolean | null;
}

describe('read and write concerns in commands', () => {
  let simulator: Simulator;
  let client: MongoClient;

  before(async () => {
    simulator = await Simulator.start();
    client = new driver.MongoClient(simulator.uri({ maxPoolSize: 1 }));
  });

  after(async () => {
    await client.close();
    await simulator.close();
  });

  defineFolder({
    path: 'read-write-concern/tests/document',
    tests: ({ content }) => (content.tests as ConcernTest[]).map(define)
  });

  function define(test: ConcernTest): [string, Test] {
    return [test.description, () => (test.readConcern ? read(test) : write(test))];
  }

  async function read({ readConcern, readConcernDocument, isServerDefault }: ConcernTest): Promise<void> {
    const users = client.db('test').collection('users', { readConcern: readConcern as never });
    await users.findOne({});
    expectConcern(
      simulator.commands('find').at(-1)!.command.readConcern,
      readConcernDocument,
      isServerDefault
    );
  }

  async function write(test: ConcernTest): Promise<void> {
    const users = client.db('test').collection('users', { writeConcern: test.writeConcern });
    if (!test.valid) return void (await expectFailure(users.insertOne({})));
    const { acknowledged } = await users.insertOne({});
    await client.db('test').command({ ping: 1 }); // comes after the insert, even if nobody waited for that
    const { command } = simulator.commands('insert').at(-1)!;
    expectConcern(command.writeConcern, test.writeConcernDocument, test.isServerDefault);
    expect(acknowledged, 'acknowledged').to.equal(test.isAcknowledged);
  }
});

/** A concern that is the server's default is not sent. */
function expectConcern(actual: unknown, expected: unknown, isServerDefault: boolean | null): void {
  expect(actual ?? {}).to.deep.equal(expected);
  expect(actual === undefined, 'is left to the server').to.equal(isServerDefault);
}

async function expectFailure(promise: Promise<unknown>): Promise<void> {
  const outcome = await promise.then(
    () => 'success',
    () => 'failure'
  );
  expect(outcome).to.equal('failure');
}
