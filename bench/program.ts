// What is run for a rival, and which of the rivals can be run here.
import { fileURLToPath } from 'node:url';
import type { Options } from './options.js';
import { Unavailable } from './rivals/build.js';
import { natives, type Program } from './rivals/natives.js';

const child = fileURLToPath(new URL('./child.js', import.meta.url));

/** The rival's own program if it has one, otherwise Node, with arguments of Node's. */
export function programOf(rival: string, execArgv: string[]): Program {
  return natives[rival]?.() ?? { command: process.execPath, args: [...execArgv, child, rival] };
}

/** Those of the rivals that can be run here. The others are left out, with a line that says why, unless they were named. */
export function availableRivals({ rivals, rivalsNamed }: Pick<Options, 'rivals' | 'rivalsNamed'>): string[] {
  return rivals.filter(rival => {
    try {
      programOf(rival, []);
      return true;
    } catch (error) {
      if (rivalsNamed || !(error instanceof Unavailable)) throw error;
      console.error(`left out: ${rival}: ${error.message}`);
      return false;
    }
  });
}
