import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Counts } from './counts.js';

/** Whose calls of what are counted. */
export interface Case {
  rival: string;
  scenario: string;
  callers: number;
  uri: string;
}

/** `notCounted` is why there are no system calls. */
export type Answer = { counts: Counts; notCounted?: string } | { error: string };

const file = fileURLToPath(new URL('./child.js', import.meta.url));

/** Bytes are those of code as it is written, V8's notes on it are made at once, and nothing is collected meanwhile. */
const flags = [
  '--no-opt',
  '--no-lazy-feedback-allocation',
  '--expose-gc',
  '--min-semi-space-size=256',
  '--max-semi-space-size=256'
];

/** Counts in a process of its own, so that no case is seen in another's figures. */
export async function counting(asked: Case): Promise<Exclude<Answer, { error: string }>> {
  const child = fork(file, [], { execArgv: flags });
  try {
    child.send(asked);
    const [answer] = (await Promise.race([once(child, 'message'), ended(child, asked)])) as [Answer];
    if ('error' in answer) throw new Error(`${nameOf(asked)}: ${answer.error}`);
    return answer;
  } finally {
    if (child.connected) child.disconnect();
  }
}

async function ended(child: ReturnType<typeof fork>, asked: Case): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`${nameOf(asked)}: the counting process ended with code ${code}`);
}

/** Such as "findOne, motor-promise, 1 caller". */
export const nameOf = ({ rival, scenario, callers }: Omit<Case, 'uri'>): string =>
  `${scenario}, ${rival}, ${callers === 1 ? '1 caller' : `${callers} callers`}`;
