import { createServer } from 'node:net';

export const host = '127.0.0.1';

/**
 * A free port below the range that systems give to outgoing connections: while a server is down between a kill and a
 * restart, no client's own end of a connection can take its port.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
