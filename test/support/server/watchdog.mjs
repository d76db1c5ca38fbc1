// Ends what its parent started and did not end: see watchdog.ts. In plain JavaScript, since it must start at once.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const watched = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const { folder, pid, done } = JSON.parse(line);
  if (done) watched.delete(folder);
  else watched.set(folder, pid);
}

for (const [folder, pid] of watched) {
  if (pid !== undefined) kill(pid);
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}
