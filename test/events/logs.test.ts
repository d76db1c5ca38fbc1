import { inspect } from 'node:util';
import { expect } from 'chai';
import * as driver from 'mongodb';
import { MongoClient } from '../../lib';
import { settle, sleep } from '../support/bounds';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

type Line = Record<string, unknown>;

/** What differs from run to run: only whether it is there, and of which type, is compared. */
const VARIABLE = new Set([
  't',
  'durationMS',
  'requestId',
  'serverPort',
  'driverConnectionId',
  'remainingTimeMS',
  'topologyId'
]);

const WITHIN =
  /127\.0\.0\.1:\d+|"(port|lastUpdateTime|(minR|r)oundTripTime)":-?[\d.]+|\b[0-9a-f]{24}\b|"\$(timestamp|binary)":\{[^}]*\}|\d{9,}/g;

function comparable(line: Line): Line {
  const entries = Object.entries(line).map(([key, value]) => {
    if (VARIABLE.has(key)) return [key, typeof value];
    if (typeof value === 'string') return [key, value.replace(WITHIN, 'it')];
    return [key, typeof value === 'object' ? JSON.stringify(value).replace(WITHIN, 'it') : value];
  });
  return Object.fromEntries(entries) as Line;
}

async function program(client: driver.MongoClient, simulator: Simulator): Promise<void> {
  const users = client.db('shop').collection('users');
  await client.connect();
  await users.insertOne({ _id: 1 as never, name: 'Ada' });
  simulator.once('find', (_command, reply) => reply.cursor([{ a: 1 }, { a: 2 }], { id: 5n }));
  simulator.once('getMore', (_command, reply) => reply.cursor([{ a: 3 }], { batch: 'nextBatch' }));
  await users.find({}, { batchSize: 2 }).toArray();
  simulator.once('find', (_command, reply) => reply.cursor([{ a: 1 }], { id: 6n }));
  const left = users.find({}, { batchSize: 1 });
  await left.next();
  await left.close();
  simulator.once('delete', (_command, reply) => reply.fail(2, 'BadValue', 'no'));
  await settle(users.deleteOne({ _id: 1 as never }));
  await settle(client.db('admin').command({ saslStart: 1, payload: 'hunter2' }));
  simulator.once('update', (_command, reply) => reply.fail(91, 'ShutdownInProgress', 'bye')); // clears the pool
  await settle(users.updateOne({}, { $set: { a: 1 } }));
  await users.findOne({});
  await sleep(50);
  await client.close();
}

describe('the structured log of a client', () => {
  const stage = useStage();

  async function logOf(Client: typeof driver.MongoClient, more: object): Promise<Line[]> {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    simulator.on('saslStart', () => ({ payload: 'hunter2' }));
    const lines: Line[] = [];
    const write = async (line: object): Promise<void> => void lines.push({ ...line });
    const client = new Client(simulator.uri(), {
      mongodbLogPath: { write },
      heartbeatFrequencyMS: 60_000,
      ...more
    } as driver.MongoClientOptions);
    stage.after(() => client.close());
    await program(client, simulator);
    await sleep(10);
    return lines;
  }

  const both = (more: object): Promise<Line[][]> =>
    Promise.all([driver.MongoClient, MongoClient].map(Client => logOf(Client, more)));

  for (const component of ['command', 'connection', 'serverSelection', 'topology']) {
    it(`is that of the driver's client, line by line: ${component}`, async () => {
      const severities = { mongodbLogComponentSeverities: { [component]: 'debug' } };
      const [theirs, ours] = await both(severities);
      const lines = (log: Line[]): Line[] =>
        log.map(comparable).filter(({ message }) => !String(message).startsWith('Server heartbeat'));
      expect(theirs, 'lines of the driver').to.have.length.above(3);
      expect(lines(ours!).map(({ message }) => message)).to.deep.equal(
        lines(theirs!).map(({ message }) => message)
      );
      expect(lines(ours!)).to.deep.equal(lines(theirs!));
      expect(inspect(ours, { depth: 9 })).not.to.include('hunter2');
    });
  }

  it('is asked for by the environment, and of the length it says, as with the driver', async () => {
    process.env.MONGODB_LOG_COMMAND = 'debug';
    process.env.MONGODB_LOG_MAX_DOCUMENT_LENGTH = '20';
    try {
      const [theirs, ours] = await both({});
      expect(ours!.map(comparable)).to.deep.equal(theirs!.map(comparable));
      expect(ours!.find(({ commandName }) => commandName === 'insert')!.command).to.have.length(23);
    } finally {
      delete process.env.MONGODB_LOG_COMMAND;
      delete process.env.MONGODB_LOG_MAX_DOCUMENT_LENGTH;
    }
  });
});
