import { sharedServer } from '../support/server';
import { openEnvironment } from './environment';
import type { Environment } from './environment';
import type { TestDescription, TestFile } from './format';
import { unmetRequirements } from './requirements';
import { reasonToSkip } from './runner';
import { variants } from './variants';
import type { Variant } from './variants';

/** The servers tests run against: the shared one, and others that are started when a test needs what they have. */
export class Environments {
  readonly #started = new Map<Variant, Promise<Environment | undefined>>();

  private constructor(readonly shared: Environment) {}

  static async open(): Promise<Environments> {
    return new Environments(await openEnvironment(await sharedServer()));
  }

  /** A server that can serve the test, or the reason why there is none. */
  async choose(file: TestFile, test: TestDescription): Promise<Environment | string> {
    const impossible = reasonToSkip(test);
    if (impossible !== undefined) return impossible;
    let reason = unmet(file, test, this.shared);
    if (reason === undefined) return this.shared;
    const requirements = [...(file.runOnRequirements ?? []), ...(test.runOnRequirements ?? [])];
    for (const variant of variants.filter(({ suits }) => requirements.some(suits))) {
      const environment = await this.#start(variant);
      if (!environment) continue;
      reason = unmet(file, test, environment);
      if (reason === undefined) return environment;
    }
    return reason;
  }

  async close(): Promise<void> {
    await this.shared.internal.close();
    for (const started of this.#started.values()) {
      const environment = await started;
      await environment?.internal.close();
      await environment?.server.stop();
    }
  }

  #start(variant: Variant): Promise<Environment | undefined> {
    const started = this.#started.get(variant) ?? start(variant);
    this.#started.set(variant, started);
    return started;
  }
}

function unmet(file: TestFile, test: TestDescription, environment: Environment): string | undefined {
  return (
    unmetRequirements(file.runOnRequirements, environment) ??
    unmetRequirements(test.runOnRequirements, environment)
  );
}

/** Undefined when there is no server to start, but only one to reach. */
async function start(variant: Variant): Promise<Environment | undefined> {
  try {
    return await openEnvironment(await variant.start());
  } catch (error) {
    if ((error as Error).name === 'ServerNotFoundError') return undefined;
    throw error;
  }
}
