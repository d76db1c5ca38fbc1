import { SingleBar } from 'cli-progress';

/** Shows a progress bar while `work` runs, which tells how much more of `total` is done. */
export async function withProgress<T>(
  format: string,
  total: number,
  work: (done: (more: number) => void) => Promise<T>
): Promise<T> {
  const bar = new SingleBar({ format, noTTYOutput: true });
  bar.start(total, 0);
  try {
    return await work(more => bar.increment(more));
  } finally {
    bar.stop();
  }
}
