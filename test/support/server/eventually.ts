import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so that nobody announces, such as the end of a process that is not our child. */
export async function eventually(isSo: () => boolean | Promise<boolean>, within = 10_000): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${within / 1000} s: ${isSo}`);
    await sleep(20);
  }
}
