import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const day = 24 * 60 * 60 * 1000;

/** The project's folder for what is fetched or built once, outside the checkout. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mongo-motor');
}

/** A file that remembers for a day that fetching something failed, so that the next run does not wait for it. */
export class FailureMemory {
  readonly file: string;

  constructor(what: string, folder = cacheFolder()) {
    this.file = join(folder, `${what}-failed.json`);
  }

  remember(reason: string, now = Date.now()): void {
    mkdirSync(join(this.file, '..'), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ at: now, reason }));
  }

  /** Why it failed and how long ago, or nothing when that was more than a day ago. */
  recall(now = Date.now()): string | undefined {
    const failure = this.#read();
    if (!failure || now - failure.at > day) return undefined;
    const hours = Math.round((now - failure.at) / 3_600_000);
    return `${failure.reason} (${hours < 1 ? 'less than an hour' : `${hours} h`} ago; delete ${this.file} to try again)`;
  }

  forget(): void {
    rmSync(this.file, { force: true });
  }

  #read(): { at: number; reason: string } | undefined {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return undefined;
    }
  }
}
