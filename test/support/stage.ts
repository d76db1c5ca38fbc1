import { settle, within } from './bounds';
import { MongoClient, type MongoClientOptions } from './motor';
import { Proxy } from './proxy';
import { Simulator } from './simulator';
import type { ServerShape } from './simulator-hello';

/** What a failure test sets up, and what is surely taken down after it, also when it fails half way. */
export interface Stage {
  simulator(shape?: ServerShape): Promise<Simulator>;
  proxy(target: { host?: string; port: number }, seed?: number): Promise<Proxy>;
  client(uri: string, options?: MongoClientOptions): MongoClient;
  /** Anything else to undo. */
  after(undo: () => unknown): void;
}

/** Call it inside `describe`. */
export function useStage(): Stage {
  const undos: (() => unknown)[] = [];
  afterEach(async () => {
    for (const undo of undos.splice(0).reverse()) {
      await settle(within(2000, 'taking the stage down', Promise.resolve(undo())));
    }
  });
  const keep = <T extends { close(): unknown }>(closable: T): T => {
    undos.push(() => closable.close());
    return closable;
  };
  return {
    simulator: async shape => keep(await Simulator.start(shape)),
    proxy: async (target, seed) => keep(await Proxy.start(target, seed)),
    client: (uri, options) => keep(new MongoClient(uri, options)),
    after: undo => undos.push(undo)
  };
}
