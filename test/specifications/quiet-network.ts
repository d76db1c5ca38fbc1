import net from 'node:net';
import type { Simulator } from '../support/simulator';
import { Monitor } from './internals';

const { connect, requestCheck, reset } = Monitor.prototype;
const { createConnection } = net;

/** Nobody monitors servers in the tests of the surrounding suite: what is heard of them is told by the tests. */
export function useQuietMonitors(): void {
  const nothing = (): void => undefined;
  before(() => {
    Object.assign(Monitor.prototype, { connect: nothing, requestCheck: nothing, reset: nothing });
  });
  after(() => {
    Object.assign(Monitor.prototype, { connect, requestCheck, reset });
  });
}

/** Lets every connection lead to the simulator, whatever server it is meant for, until it is undone. */
export function leadTo({ port }: Simulator): { undo(): void } {
  net.createConnection = (() => createConnection({ host: '127.0.0.1', port })) as typeof createConnection;
  return {
    undo: () => {
      net.createConnection = createConnection;
    }
  };
}
