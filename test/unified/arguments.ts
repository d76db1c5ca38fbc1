import type { Document } from 'mongodb';
import type { TestRun } from './test-run';
import { InvalidTest } from './mismatch';

type Convert = (value: never, run: TestRun) => unknown;

/** The options that the format writes otherwise than the driver takes them. */
const conversions: Record<string, Convert> = {
  session: (id: string, run) => run.entities.get('session', id),

  readConcern: (value: Document, run) => run.driver.ReadConcern.fromOptions(value),

  readPreference: ({ mode, tagSets, ...options }: Document, run) =>
    new run.driver.ReadPreference(mode.charAt(0).toLowerCase() + mode.slice(1), tagSets, options),

  writeConcern: (value: Document, run) => run.driver.WriteConcern.fromOptions({ writeConcern: value }),

  returnDocument: (value: string) => {
    const name = value.toLowerCase();
    if (name !== 'before' && name !== 'after')
      throw new InvalidTest(`returnDocument is Before or After, not ${value}`);
    return name;
  }
};

/** A copy of an operation's arguments with the driver's objects in place of their descriptions. */
export function prepareOptions(options: Document | undefined, run: TestRun): Document {
  const prepared: Document = {};
  for (const [name, value] of Object.entries(options ?? {})) {
    const convert = conversions[name];
    prepared[name] = convert ? convert(value as never, run) : value;
  }
  return prepared;
}
