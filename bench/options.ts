// The command line: what is measured, and for how long.
import { parseArgs } from 'node:util';
import { rivals } from './rivals/index.js';
import { natives } from './rivals/natives.js';
import { scenarios } from './scenarios/index.js';
import type { ServerName } from './servers/index.js';

export interface Options {
  servers: ServerName[];
  uri: string | undefined;
  scenarios: string[];
  callers: number[];
  rivals: string[];
  /** Whether they were asked for by name, so that none may be left out. */
  rivalsNamed: boolean;
  rounds: number;
  /** The length of a slice, and of the warm-up before the first. */
  seconds: number;
  warmup: number;
  /** At most so many calls in a slice. */
  calls: number;
  /** Whether the canned server speaks TLS. */
  tls: boolean;
  smoke: boolean;
  profile: boolean;
  /** A profile drawn as a flame graph. */
  flame: boolean;
  driverBench: boolean;
  /** At most so many iterations of each micro-benchmark of DriverBench. */
  iterations: number;
  /** At most so many files in each of its parallel micro-benchmarks. */
  files: number;
  /** Only what does not depend on the machine, compared with what bench/guard.json states. */
  guard: boolean;
  /** The same, and it is stated anew. */
  updateGuard: boolean;
  help: boolean;
}

export class UsageError extends Error {}

export const coldStart = 'coldStart';
const serverNames: ServerName[] = ['canned', 'real'];
const scenarioNames = [...scenarios.map(({ name }) => name), coldStart];
const optional = [
  'mongodb3-callback',
  ...Object.keys(rivals).filter(name => /-(queued|pipelined)-/.test(name))
];
const rivalNames = [...Object.keys(rivals), ...Object.keys(natives)];
const everyone = 'all';

const defaults = {
  server: 'canned',
  scenario: scenarioNames.join(),
  callers: '1,10,100,1000',
  rivals: rivalNames.filter(name => !optional.includes(name)).join(),
  rounds: '5',
  seconds: '2',
  warmup: '3',
  calls: 'Infinity',
  iterations: '100',
  files: '20'
};
const withoutNatives = {
  rivals: defaults.rivals
    .split(',')
    .filter(name => !(name in natives))
    .join()
}; // nothing is built
/** Enough to find a rival that fails or answers wrongly; too little to compare anything. */
const smokeDefaults = {
  ...defaults,
  ...withoutNatives,
  callers: '2',
  rounds: '1',
  seconds: '1',
  warmup: '0',
  calls: '4'
};
/** Of each micro-benchmark, and nearest to what it is for: a server that stores things. */
const driverBenchDefaults = { ...defaults, ...withoutNatives, server: 'real', seconds: '4' };
const driverBenchSmokeDefaults = { ...driverBenchDefaults, iterations: '1', files: '1' };

const defaultsFor = (given: Given) => {
  if (given['driver-bench']) return given.smoke ? driverBenchSmokeDefaults : driverBenchDefaults;
  const values = given.smoke ? smokeDefaults : defaults;
  return given.tls ? { ...values, rivals: values.rivals.replace(/,?\braw\b/, '') } : values; // raw speaks no TLS
};

const everyoneFor = (given: Given) => defaultsFor({ ...given, smoke: false }).rivals;

export function readOptions(args: string[]): Options {
  const given = parse(args);
  const values = { ...defaultsFor(given), ...given };
  const options = {
    servers: given.uri === undefined ? names('server', values.server, serverNames) : ['real' as const],
    uri: given.uri,
    scenarios: names('scenario', values.scenario, scenarioNames),
    callers: values.callers.split(',').map(text => wholeNumber('callers', text)),
    rivals: names('rivals', given.rivals === everyone ? everyoneFor(given) : values.rivals, rivalNames),
    rivalsNamed: given.rivals !== undefined && given.rivals !== everyone,
    rounds: wholeNumber('rounds', values.rounds),
    seconds: seconds('seconds', values.seconds, 0.01),
    warmup: seconds('warmup', values.warmup, 0),
    calls: values.calls === defaults.calls ? Infinity : wholeNumber('calls', values.calls),
    tls: given.tls ?? false,
    smoke: given.smoke ?? false,
    profile: given.profile ?? given.flame ?? false,
    flame: given.flame ?? false,
    driverBench: given['driver-bench'] ?? false,
    iterations: wholeNumber('iterations', values.iterations),
    files: wholeNumber('files', values.files),
    guard: given.guard ?? given['update-guard'] ?? false,
    updateGuard: given['update-guard'] ?? false,
    help: given.help ?? false
  };
  check(options, given);
  return options;
}

type Given = ReturnType<typeof parse>;

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: {
        server: text,
        uri: text,
        scenario: text,
        callers: text,
        rivals: text,
        rounds: text,
        seconds: text,
        warmup: text,
        calls: text,
        tls: flag,
        smoke: flag,
        profile: flag,
        flame: flag,
        'driver-bench': flag,
        iterations: text,
        files: text,
        guard: flag,
        'update-guard': flag,
        help: flag
      }
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function check(options: Options, given: Given): void {
  if (given.uri !== undefined && !/^mongodb(\+srv)?:\/\//.test(given.uri))
    throw wrong('uri', 'a connection string that starts with mongodb:// or mongodb+srv://', given.uri);
  if (given.uri !== undefined && given.server !== undefined && given.server !== 'real')
    throw wrong('server', `'real', or to be left out, beside --uri`, given.server);
  const { servers, scenarios, callers, rivals } = options;
  if (options.tls && servers.includes('real'))
    throw new UsageError(
      '--tls: expected the canned server; a real one has TLS by its connection string, --uri'
    );
  const one = [servers, scenarios, callers, rivals].every(list => list.length === 1);
  if (options.profile && rivals.some(name => name in natives))
    throw new UsageError(`--profile: expected a rival in JavaScript; got '${rivals.join()}'`);
  if (options.profile && (!one || scenarios[0] === coldStart))
    throw new UsageError(
      `--profile: expected one server, one scenario (not ${coldStart}), one number of callers and one rival`
    );
}

function names<T extends string>(option: string, text: string, known: readonly T[]): T[] {
  const chosen = text.split(',');
  const stranger = chosen.find(name => !known.includes(name as T));
  if (stranger !== undefined) throw wrong(option, `some of ${known.join(',')}`, stranger);
  return [...new Set(chosen)] as T[];
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || !Number.isSafeInteger(number))
    throw wrong(option, 'a whole number from 1', text);
  return number;
}

function seconds(option: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < least)
    throw wrong(option, `a number of seconds from ${least}`, text);
  return number;
}

const wrong = (option: string, expected: string, given: string) =>
  new UsageError(`--${option}: expected ${expected}; got '${given}'`);

export const usage = `npm run bench -- [options]

  --server canned,real   canned (default): answers from prepared bytes; real: the server that the tests use
  --uri URI              a real server of your own; its database mongo_motor_bench is dropped before and after
  --scenario NAMES       ${scenarioNames.join(',')}
  --callers NUMBERS      ${defaults.callers}
  --rivals NAMES         ${rivalNames.join(',')};
                         all (default) but mongodb3-callback, as far as they can be had here
  --rounds N             ${defaults.rounds}: in each round each rival has one slice
  --seconds S            ${defaults.seconds}: the length of a slice
  --warmup S             ${defaults.warmup}: the warm-up of each rival, for each scenario and number of callers
  --calls N              at most N calls in a slice
  --tls                  the canned server speaks TLS
  --smoke                each rival and scenario once and briefly: fails if one fails, compares nothing
  --profile              one rival, one scenario, one number of callers, under node --cpu-prof
  --flame                the same, drawn as a flame graph
  --driver-bench         the drivers' own benchmark specification: mongodb and motor-promise, on the real server (default) or the canned
  --iterations N         ${defaults.iterations}: at most so many of each of its micro-benchmarks, in at most --seconds (${driverBenchDefaults.seconds})
  --files N              ${defaults.files}: at most so many files in each of its parallel micro-benchmarks
  --guard                counts what a call takes, and fails if it is more than bench/guard.json states (also in --smoke)
  --update-guard         states it anew
  --help`;
