// npm run bench: measures, and says what it measured as tables and as JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Cell } from './cell.js';
import { measureColdStart, type ColdStart } from './coldStart.js';
import { environment } from './environment.js';
import { coldStart, readOptions, usage, UsageError, type Options } from './options.js';
import { profile } from './profile.js';
import { cellTable, coldStartTable, smokeLine } from './report.js';
import { RivalProcess } from './rivalProcess.js';
import { measureCell } from './rounds.js';
import { startServer, type Server } from './servers/index.js';

const directory = fileURLToPath(new URL('../results/', import.meta.url));
const file = `${directory}latest.json`;
const results: (Cell | ColdStart)[] = [];

function keep(result: Cell | ColdStart, options: Options): void {
  if (options.smoke) return console.log(smokeLine(result));
  results.push(result);
  const measured = { ...options, uri: undefined }; // a connection string may hold a password
  const contents = { date: new Date(), environment: environment(), options: measured, results };
  writeFileSync(file, JSON.stringify(contents, null, 2) + '\n');
  console.log('callers' in result ? cellTable(result) : coldStartTable(result));
}

async function measureWarm(server: Server, options: Options): Promise<void> {
  const warm = options.scenarios.filter(name => name !== coldStart);
  if (warm.length === 0) return;
  const rivals: RivalProcess[] = [];
  try {
    for (const name of options.rivals) rivals.push((await RivalProcess.start(name)).rival);
    for (const scenario of warm)
      for (const callers of options.callers)
        keep(await measureCell(server, scenario, callers, rivals, options), options);
    for (const rival of rivals) await rival.close();
  } finally {
    await Promise.all(rivals.map(rival => rival.end()));
  }
}

async function measure(server: Server, options: Options): Promise<void> {
  if (options.profile) return console.log(`The profile is in ${await profile(server, options, directory)}`);
  if (options.scenarios.includes(coldStart)) keep(await measureColdStart(server, options), options);
  await measureWarm(server, options);
}

async function main(options: Options): Promise<void> {
  mkdirSync(directory, { recursive: true });
  for (const name of options.servers) {
    const server = await startServer(name, options.uri);
    try {
      await measure(server, options);
    } finally {
      await server.stop();
    }
  }
  if (results.length > 0) console.log(`All figures are in ${file}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  await (options.help ? console.log(usage) : main(options));
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
