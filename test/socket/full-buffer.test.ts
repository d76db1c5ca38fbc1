import { expect } from 'chai';
import { failure, until, within } from '../support/bounds';
import type { MongoClient } from '../support/motor';
import { atRest } from '../support/pool-counts';
import type { SimulatedConnection } from '../support/simulator-connection';
import { useStage } from '../support/stage';

const BIG = { text: 'x'.repeat(15_000_000) };
const INSERT = { insert: 'users', documents: [BIG] };

interface End {
  options?: Record<string, number>;
  signal?: boolean;
  act?(connection: SimulatedConnection, client: MongoClient, abort: AbortController): unknown;
  name: RegExp;
}

// What can end a call whose message the peer will never finish reading: `drain` does not fire in any of these.
const ends: Record<string, End> = {
  'a reset by the peer': { act: connection => connection.reset(), name: /^MongoNetworkError$/ },
  'the end of the peer': { act: connection => connection.end(), name: /^MongoNetworkError$/ },
  socketTimeoutMS: { options: { socketTimeoutMS: 150 }, name: /^MongoNetworkTimeoutError$/ },
  'an abort signal': {
    signal: true,
    act: (_connection, _client, abort) => abort.abort(),
    name: /^AbortError$/
  },
  'closing the client': {
    act: (_connection, client) => client.close(),
    name: /^MongoClientClosedError$/
  }
};

describe('a socket whose write buffer is full and whose peer does not read', () => {
  const stage = useStage();

  for (const [what, { options, signal, act, name }] of Object.entries(ends)) {
    it(`settles the call upon ${what}`, async () => {
      const simulator = await stage.simulator();
      const client = stage.client(simulator.uri({ maxPoolSize: 1, retryWrites: false, ...options }));
      await client.connect();
      const stuck = new Promise<SimulatedConnection>(resolve => {
        simulator.onHeader = ({ length }, connection) => {
          if (length < BIG.text.length) return;
          connection.stopReading();
          resolve(connection);
        };
      });
      const abort = new AbortController();
      const call = client.db('shop').command(INSERT, signal ? { signal: abort.signal } : {});
      const settled = failure(call, 3000);
      const connection = await within(4000, 'the message', stuck);
      const acted = Promise.resolve(act?.(connection, client, abort));
      expect(await settled)
        .to.have.property('name')
        .that.matches(name);
      await within(4000, what, acted);
      connection.readOn();
      await until('the socket is closed', () => connection.closed);
      if (what === 'closing the client') return;
      await until('the pool is at rest', () => atRest(client));
      expect(await within(4000, 'the next call', client.db('shop').command({ ping: 1 }))).to.have.property(
        'ok',
        1
      );
    });
  }
});
