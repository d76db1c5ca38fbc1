// npm run bench: measures, and says what it measured as tables and as JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Cell } from './cell.js';
import { measureColdStart, type ColdStart } from './coldStart.js';
import { measureDriverBench } from './driverBench/measure.js';
import { driverBenchTable } from './driverBench/report.js';
import { environment } from './environment.js';
import { drawFlameGraph } from './flame.js';
import { guard } from './guard/index.js';
import { coldStart, readOptions, usage, UsageError, type Options } from './options.js';
import { callersIn, obstacle, takesPart } from './participation.js';
import { profile } from './profile.js';
import { availableRivals } from './program.js';
import { cellTable, coldStartTable, smokeLine } from './report.js';
import { RivalProcess } from './rivalProcess.js';
import { measureCell } from './rounds.js';
import { scenarioNamed } from './scenarios/index.js';
import type { Scenario } from './scenarios/scenario.js';
import { startServer, type Server } from './servers/index.js';

const directory = fileURLToPath(new URL('../results/', import.meta.url));
const results: (Cell | ColdStart)[] = [];

function writeResults(name: string, options: Options, results: object): void {
  const measured = { ...options, uri: undefined }; // a connection string may hold a password
  const contents = {
    date: new Date(),
    environment: environment(options.rivals),
    options: measured,
    ...results
  };
  writeFileSync(directory + name, JSON.stringify(contents, null, 2) + '\n');
}

function keep(result: Cell | ColdStart, options: Options): void {
  if (options.smoke) return console.log(smokeLine(result));
  results.push(result);
  writeResults('latest.json', options, { results });
  console.log('callers' in result ? cellTable(result) : coldStartTable(result));
}

async function measureScenario(
  server: Server,
  scenario: Scenario,
  rivals: RivalProcess[],
  options: Options
): Promise<void> {
  const reason = await obstacle(scenario, server);
  const present = rivals.filter(({ name }) => takesPart(name, scenario));
  if (reason || present.length === 0)
    return console.log(
      `left out: ${scenario.name} on the ${server.name} server: ${reason ?? 'no rival has it'}`
    );
  const absent = rivals.filter(rival => !present.includes(rival)).map(({ name }) => name);
  if (absent.length > 0)
    console.log(`left out: ${scenario.name} by ${absent.join(', ')}, which have no call for it`);
  for (const callers of callersIn(scenario, options.callers))
    keep(await measureCell(server, scenario, callers, present, options), options);
}

async function measureWarm(server: Server, options: Options): Promise<void> {
  const warm = options.scenarios.filter(name => name !== coldStart);
  if (warm.length === 0) return;
  const rivals: RivalProcess[] = [];
  try {
    for (const name of options.rivals) rivals.push((await RivalProcess.start(name)).rival);
    for (const name of warm) await measureScenario(server, scenarioNamed(name), rivals, options);
    for (const rival of rivals) await rival.close();
  } finally {
    await Promise.all(rivals.map(rival => rival.end()));
  }
}

async function measure(server: Server, options: Options): Promise<void> {
  if (options.profile) {
    const file = await profile(server, options, directory);
    return console.log(
      options.flame ? `The flame graph is in ${drawFlameGraph(file)}` : `The profile is in ${file}`
    );
  }
  if (options.scenarios.includes(coldStart)) keep(await measureColdStart(server, options), options);
  await measureWarm(server, options);
}

async function runDriverBench(options: Options): Promise<void> {
  for (const name of options.servers) {
    const server = await startServer(name, { ...options, scenarios: [], keep: true });
    try {
      const measured = await measureDriverBench(server, options);
      console.log(`\n${driverBenchTable(measured)}`);
      if (!options.smoke) writeResults(`driver-bench-${name}.json`, options, measured);
    } finally {
      await server.stop();
    }
  }
}

async function main(options: Options): Promise<void> {
  mkdirSync(directory, { recursive: true });
  if (options.driverBench) return runDriverBench(options);
  for (const name of options.servers) {
    const server = await startServer(name, options);
    try {
      await measure(server, options);
    } finally {
      await server.stop();
    }
  }
  if (results.length > 0) console.log(`All figures are in ${directory}latest.json`);
}

async function runGuard(update: boolean, besideOthers: boolean): Promise<void> {
  if (!(await guard({ update, besideOthers }))) process.exitCode = 1;
}

async function obey(options: Options): Promise<void> {
  if (options.help) return console.log(usage);
  if (options.guard) return runGuard(options.updateGuard, !options.smoke);
  await main({ ...options, rivals: availableRivals(options) });
  if (options.smoke && !options.driverBench) await runGuard(false, false);
}

try {
  await obey(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
