import { expect } from 'chai';
import * as driver from 'mongodb';
import { settle, within } from '../support/bounds';
import * as motor from '../support/motor';
import { Simulator } from '../support/simulator';
import { badCalls, badClients, type BadCall } from './bad-input';

type Library = Pick<typeof driver, 'MongoClient'>;

interface Failure {
  /** Thrown by the call itself, or told by what it returned. */
  moment: 'at once' | 'later' | 'never';
  name?: string;
  class?: string;
  message?: string;
  code?: unknown;
  labels?: unknown;
}

/** What differs from run to run: ports, ids and times. */
function normal(message: string): string {
  return message
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/connection \d+/g, 'connection N')
    .replace(/[0-9a-f]{24}/g, 'ID')
    .replace(/\b\d+ ?ms/g, 'TIME');
}

function told(moment: Failure['moment'], error: Error): Failure {
  const labels = error instanceof driver.MongoError ? [...error.errorLabels].sort() : undefined;
  const code: unknown = Object(error).code;
  return {
    moment,
    name: error.name,
    class: error.constructor.name,
    message: normal(error.message),
    code,
    labels
  };
}

async function failureOf(call: () => unknown): Promise<Failure> {
  let returned: unknown;
  try {
    returned = call();
  } catch (error) {
    return told('at once', error as Error);
  }
  const { error } = await within(5000, 'the call', settle(Promise.resolve(returned)));
  return error ? told('later', error) : { moment: 'never' };
}

async function scripted(): Promise<Simulator> {
  const simulator = await Simulator.start({ replicaSet: 'sim' });
  const duplicate = (index: number) => ({
    index,
    code: 11000,
    errmsg: 'E11000 duplicate key',
    keyValue: { _id: 'x' }
  });
  return simulator
    .on('find', (command, reply) => {
      if (command.filter?.fail)
        return reply.fail(13, 'Unauthorized', 'not allowed', { errorLabels: ['Odd'] });
      return reply.cursor([{ _id: 1 }]);
    })
    .on('insert', ({ documents }) => {
      const index = documents.findIndex((document: driver.Document) => document._id === 'duplicate');
      return index < 0 ? { n: documents.length } : { n: index, writeErrors: [duplicate(index)] };
    })
    .on('count', () => ({ n: 1 }))
    .on('distinct', () => ({ values: [] }))
    .on('findAndModify', () => ({ value: null, lastErrorObject: { n: 0 } }))
    .on('create', () => ({}))
    .on('createIndexes', () => ({}))
    .on('explain', () => ({ explained: true }))
    .on('renameCollection', () => ({}));
}

async function callWith({ MongoClient }: Library, bad: BadCall): Promise<Failure> {
  const simulator = await scripted();
  const client = new MongoClient(simulator.uri({ serverSelectionTimeoutMS: 1000 }));
  try {
    await client.connect();
    const db = client.db('shop');
    const given = { client, db, users: db.collection('users'), session: client.startSession() };
    return await failureOf(() => bad(given));
  } finally {
    await settle(within(4000, 'closing', client.close()));
    await simulator.close();
  }
}

describe('bad input gets the error of the driver, at the same moment', () => {
  for (const [name, bad] of Object.entries(badCalls)) {
    it(name, async () => {
      expect(await callWith(motor, bad)).to.deep.equal(await callWith(driver, bad));
    });
  }

  for (const [name, bad] of Object.entries(badClients)) {
    it(`a client made with ${name}`, async () => {
      const make = ({ MongoClient }: Library) => failureOf(() => void Reflect.construct(MongoClient, bad));
      expect(await make(motor)).to.deep.equal(await make(driver));
    });
  }
});

describe('a server that cannot be used gets the error of the driver, at the same moment', () => {
  const asks: Record<string, (client: driver.MongoClient) => PromiseLike<unknown>> = {
    connect: client => client.connect(),
    findOne: client => client.db('shop').collection('users').findOne({}),
    insertOne: client => client.db('shop').collection('users').insertOne({ a: 1 }),
    'find().toArray': client => client.db('shop').collection('users').find({}).toArray()
  };
  const servers: Record<string, (simulator: Simulator) => unknown> = {
    'is not there': simulator => simulator.close(),
    'is too old': simulator => (simulator.hello.shape.maxWireVersion = 5),
    'is too new': simulator => {
      simulator.hello.shape.minWireVersion = 900;
      simulator.hello.shape.maxWireVersion = 999;
    },
    'resets every connection': simulator => (simulator.onAccept = connection => connection.reset()),
    'never answers': simulator => simulator.on('handshake', () => undefined),
    'is a replica set of another name': simulator => (simulator.hello.shape.hello = { setName: 'another' })
  };

  for (const [server, spoil] of Object.entries(servers)) {
    for (const [ask, call] of Object.entries(asks)) {
      it(`${ask} when the server ${server}`, async () => {
        const outcome = async ({ MongoClient }: Library): Promise<Failure> => {
          const simulator = await Simulator.start({ replicaSet: 'sim' });
          const uri = simulator.uri({ serverSelectionTimeoutMS: 500 });
          await spoil(simulator);
          const client = new MongoClient(uri);
          try {
            return await failureOf(() => call(client));
          } finally {
            await settle(within(4000, 'closing', client.close()));
            await simulator.close();
          }
        };
        const [expected, actual] = await Promise.all([outcome(driver), outcome(motor)]);
        expect(expected.moment).to.equal('later');
        expect(actual).to.deep.equal(expected);
      });
    }
  }
});
