// The command line: what is measured, and for how long.
import { parseArgs } from 'node:util';
import { rivals } from './rivals/index.js';
import { scenarios } from './scenarios/index.js';
import type { ServerName } from './servers/index.js';

export interface Options {
  servers: ServerName[];
  uri: string | undefined;
  scenarios: string[];
  callers: number[];
  rivals: string[];
  rounds: number;
  /** The length of a slice, and of the warm-up before the first. */
  seconds: number;
  warmup: number;
  /** At most so many calls in a slice. */
  calls: number;
  smoke: boolean;
  profile: boolean;
  help: boolean;
}

export class UsageError extends Error {}

export const coldStart = 'coldStart';
const serverNames: ServerName[] = ['canned', 'real'];
const scenarioNames = [...scenarios.map(({ name }) => name), coldStart];
const optional = ['mongodb3-callback'];

const defaults = {
  server: 'canned',
  scenario: scenarioNames.join(),
  callers: '1,10,100',
  rivals: Object.keys(rivals)
    .filter(name => !optional.includes(name))
    .join(),
  rounds: '5',
  seconds: '2',
  warmup: '3',
  calls: 'Infinity'
};
/** Enough to find a rival that fails or answers wrongly; too little to compare anything. */
const smokeDefaults = { ...defaults, callers: '2', rounds: '1', seconds: '1', warmup: '0', calls: '4' };

export function readOptions(args: string[]): Options {
  const given = parse(args);
  const values = { ...(given.smoke ? smokeDefaults : defaults), ...given };
  const options = {
    servers: given.uri === undefined ? names('server', values.server, serverNames) : ['real' as const],
    uri: given.uri,
    scenarios: names('scenario', values.scenario, scenarioNames),
    callers: values.callers.split(',').map(text => wholeNumber('callers', text)),
    rivals: names('rivals', values.rivals, Object.keys(rivals)),
    rounds: wholeNumber('rounds', values.rounds),
    seconds: seconds('seconds', values.seconds, 0.01),
    warmup: seconds('warmup', values.warmup, 0),
    calls: values.calls === defaults.calls ? Infinity : wholeNumber('calls', values.calls),
    smoke: given.smoke ?? false,
    profile: given.profile ?? false,
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
        smoke: flag,
        profile: flag,
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
  const one = [servers, scenarios, callers, rivals].every(list => list.length === 1);
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
  --rivals NAMES         ${Object.keys(rivals).join(',')}
  --rounds N             ${defaults.rounds}: in each round each rival has one slice
  --seconds S            ${defaults.seconds}: the length of a slice
  --warmup S             ${defaults.warmup}: the warm-up of each rival, for each scenario and number of callers
  --calls N              at most N calls in a slice
  --smoke                each rival and scenario once and briefly: fails if one fails, compares nothing
  --profile              one rival, one scenario, one number of callers, under node --cpu-prof
  --help`;
