import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, type Manifest, THIS_PACKAGE } from '../support/installed';

const DRIVER_VERSION = '7.9.0';

/** As users are told to: whoever asks for the driver gets this package, and this package gets the driver. */
export const inPlaceOfTheDriver: Manifest['overrides'] = {
  mongodb: { '.': THIS_PACKAGE, mongodb: DRIVER_VERSION }
};

/** Whoever asks for the driver, of any version, gets the one that this package is made for. */
export const theDriver: Manifest['overrides'] = { mongodb: DRIVER_VERSION };

/** Runs a program in the folder of an app, with `DATABASE_URI` set to a database of its own; gives the lines it prints. */
export async function runProgram(app: App, file: string, uri: string, database: string): Promise<string[]> {
  const url = new URL(uri);
  url.pathname = `/${database}`;
  return printed(app, file, { DATABASE_URI: url.href });
}

/** The name of the package that a dependant gets when it asks for the driver. */
export async function whoseDriver(app: App, dependant: string): Promise<string | undefined> {
  const [name] = await printed(app, 'programs/whose-driver.mjs', { DEPENDANT: dependant });
  return name;
}

export async function printed(app: App, file: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  app.write('program.mjs', readFileSync(join(__dirname, file), 'utf8'));
  const text = await app.run('program.mjs', { env });
  return text.trimEnd().split('\n');
}
