import { inspect } from 'node:util';
import { expect } from 'chai';
import { failure, until } from '../support/bounds';
import { Binary, MongoClient } from '../support/motor';
import { useStage } from '../support/stage';

// Marked, so that no part of them can be found by chance.
const USER = 'u5er-marked';
const PASSWORD = 'pa55word-marked';
const BYTES = Buffer.from(PASSWORD);

/** Base64 of the password at some distance from the start of a payload, without the characters it shares. */
function base64At(offset: number): string {
  const shifted = Buffer.concat([Buffer.alloc(offset), BYTES]).toString('base64');
  return shifted.slice(4, -4);
}

const FORMS = [
  PASSWORD,
  BYTES.toString('hex'),
  BYTES.toString('hex').replace(/..(?=.)/g, '$& '),
  ...[0, 1, 2].map(base64At)
];

const EVENTS = [
  'commandStarted',
  'commandSucceeded',
  'commandFailed',
  'connectionPoolCreated',
  'connectionPoolCleared',
  'connectionClosed',
  'connectionCheckOutFailed',
  'serverHeartbeatFailed',
  'serverDescriptionChanged',
  'topologyDescriptionChanged'
] as const;

/** All that a log could show of a value: enumerable properties at any depth, stacks and causes. */
function everything(value: unknown): string {
  const json = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    if (!(part instanceof Error)) return part;
    return { ...part, message: part.message, stack: part.stack, cause: part.cause };
  });
  return `${inspect(value, { depth: 20, showHidden: false, maxStringLength: null })} ${json}`;
}

function secretsIn(text: string): string[] {
  return FORMS.filter(form => text.includes(form));
}

describe('credentials', () => {
  const stage = useStage();

  it('are found by these tests wherever they are, in whatever form', () => {
    for (const padding of ['', 'a', 'bc', 'def']) {
      const payload = Buffer.from(`\0${padding}\0${PASSWORD}\0`);
      for (const leak of [
        payload,
        new Binary(payload),
        String(payload),
        payload.toString('hex'),
        new Error(String(payload))
      ]) {
        expect(secretsIn(everything({ deep: { leak } })), inspect(leak)).not.to.deep.equal([]);
      }
    }
  });

  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN']) {
    it(`are in no event, log line or error when authentication fails: ${mechanism}`, async () => {
      const simulator = await stage.simulator();
      simulator.on('saslStart', (_command, reply) =>
        reply.fail(18, 'AuthenticationFailed', 'Authentication failed.')
      );
      const seen: unknown[] = [];
      const client = stage.client(
        simulator.uri({ authMechanism: mechanism, serverSelectionTimeoutMS: 1000 }),
        {
          auth: { username: USER, password: PASSWORD },
          monitorCommands: true,
          mongodbLogPath: { write: (line: object) => void seen.push(line) },
          mongodbLogComponentSeverities: { default: 'debug' },
          mongodbLogMaxDocumentLength: 100_000
        }
      );
      for (const name of EVENTS) client.on(name, (event: unknown) => seen.push(event));
      const error = await failure(client.db('shop').collection('users').findOne({}));
      expect(error.name).to.equal('MongoServerError');
      await until('something is logged', () => seen.length > 5);
      expect(secretsIn(everything(error))).to.deep.equal([]);
      for (const part of seen) expect(secretsIn(everything(part))).to.deep.equal([]);
      const attempts = simulator.commands('saslStart');
      expect(attempts.length, 'authentication was tried').to.be.above(0);
    });
  }

  it('are in no error of commands that carry them', async () => {
    const simulator = await stage.simulator();
    simulator.on('createUser', (_command, reply) => reply.fail(13, 'Unauthorized', 'not allowed'));
    const seen: unknown[] = [];
    const client = stage.client(simulator.uri({ monitorCommands: true }));
    for (const name of EVENTS) client.on(name, (event: unknown) => seen.push(event));
    const error = await failure(client.db('shop').command({ createUser: USER, pwd: PASSWORD, roles: [] }));
    expect(secretsIn(everything(error))).to.deep.equal([]);
    for (const part of seen) expect(secretsIn(everything(part))).to.deep.equal([]);
    expect(simulator.commands('createUser')[0]?.command.pwd, 'the server was told').to.equal(PASSWORD);
  });

  it('are in no error about a connection refused', async () => {
    const simulator = await stage.simulator();
    const { port } = simulator;
    await simulator.close();
    const uri = `mongodb://${USER}:${PASSWORD}@127.0.0.1:${port}/?serverSelectionTimeoutMS=100`;
    expect(secretsIn(everything(await failure(stage.client(uri).connect())))).to.deep.equal([]);
  });

  for (const rest of ['@:1:2', '@host:notaport', '@host/?unknown=1', '@host/?maxPoolSize=-1', '@']) {
    it(`are in no error about a bad URI: …${rest}`, () => {
      const make = (): MongoClient => new MongoClient(`mongodb://${USER}:${PASSWORD}${rest}`);
      let thrown: unknown;
      try {
        make();
      } catch (error) {
        thrown = error;
      }
      expect(thrown).to.be.instanceOf(Error);
      expect(secretsIn(everything(thrown))).to.deep.equal([]);
    });
  }
});
