import { join } from 'node:path';
import type { Options } from './options.js';
import { RivalProcess } from './rivalProcess.js';
import { scenarioNamed } from './scenarios/index.js';
import { collectionFor } from './scenarios/scenario.js';
import type { Server } from './servers/index.js';

/** Runs one rival, warm-up included, under the profiler, and gives the file it leaves. */
export async function profile(server: Server, options: Options, directory: string): Promise<string> {
  const [name, scenarioName, callers] = [options.rivals[0]!, options.scenarios[0]!, options.callers[0]!];
  const file = `${name}-${scenarioName}-${callers}-${server.name}.cpuprofile`;
  const { rival } = await RivalProcess.start(name, [
    '--cpu-prof',
    '--cpu-prof-dir',
    directory,
    '--cpu-prof-name',
    file
  ]);
  const collection = collectionFor(scenarioNamed(scenarioName), name);
  await rival.connect(server.uri, scenarioName, collection, callers);
  await rival.run(callers, options.warmup + options.seconds, options.calls);
  await rival.close();
  return join(directory, file);
}
