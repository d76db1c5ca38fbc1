const NAMES = ['warning', 'unhandledRejection', 'uncaughtExceptionMonitor'] as const;

/** What reaches the process while `during` runs and shortly after: warnings, and errors that nobody caught. */
export async function processEvents(during: () => Promise<void>): Promise<unknown[]> {
  const events: unknown[] = [];
  const listener = (event: unknown): void => void events.push(event);
  for (const name of NAMES) process.on(name, listener);
  try {
    await during();
    await new Promise(resolve => setTimeout(resolve, 20));
  } finally {
    for (const name of NAMES) process.off(name, listener);
  }
  return events;
}
