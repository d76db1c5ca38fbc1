import { App } from '../support/installed';
import { inPlaceOfTheDriver, runProgram, theDriver } from './in-place-of-the-driver';

/** What a program printed on each of the two, line by line, with ids and dates by the order of their appearance. */
export interface Printed {
  ours: string[];
  theirs: string[];
}

/** Packages that depend on the driver, installed once with the official driver and once with this package in its place. */
export class BothDrivers {
  private constructor(
    private readonly ours: App,
    private readonly theirs: App
  ) {}

  static async install(context: Mocha.Context, dependencies: Record<string, string>): Promise<BothDrivers> {
    const ours = await App.install(context, { dependencies, overrides: inPlaceOfTheDriver });
    const theirs = await App.install(context, { dependencies, overrides: theDriver });
    return new BothDrivers(ours, theirs);
  }

  /** Runs a program on both, each with a database of its own. */
  async run(file: string, uri: string): Promise<Printed> {
    const ours = await runProgram(this.ours, file, uri, 'dependant_ours');
    const theirs = await runProgram(this.theirs, file, uri, 'dependant_theirs');
    return { ours: withoutIds(ours), theirs: withoutIds(theirs) };
  }

  remove(): void {
    this.ours.remove();
    this.theirs.remove();
  }
}

/** Numbers what differs from run to run by the order of appearance, so that what should be equal stays so. */
function withoutIds(lines: string[]): string[] {
  const known = new Map<string, string>();
  const number = (id: string): string => {
    if (!known.has(id)) known.set(id, `#${known.size}`);
    return known.get(id)!;
  };
  const ids = /\b[0-9a-f]{24}\b|\d{4}-\d\d-\d\dT[\d:.]+Z|dependant_(ours|theirs)/g;
  return lines.map(line => line.replace(ids, number));
}
