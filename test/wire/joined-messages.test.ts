import { expect } from 'chai';
import { until } from '../support/bounds';
import type { MongoClient } from '../support/motor';
import type { Simulator } from '../support/simulator';
import { pause } from '../support/simulator-reply';
import { useStage } from '../support/stage';

// The one exchange with many replies is the streaming hello: each carries the next counter of its topologyVersion.
describe('many messages in one chunk', () => {
  const stage = useStage();

  async function streaming(): Promise<{ simulator: Simulator; client: MongoClient; seen: number[] }> {
    const simulator = await stage.simulator({ replicaSet: 'sim', streaming: true });
    const client = stage.client(simulator.uri({ minHeartbeatFrequencyMS: 20 }));
    const seen: number[] = [];
    client.on('serverHeartbeatSucceeded', event => seen.push(Number(event.reply.topologyVersion.counter)));
    await client.connect();
    await until('the monitor streams', () => simulator.monitors.length > 0);
    seen.length = 0;
    return { simulator, client, seen };
  }

  for (const count of [2, 17, 100]) {
    it(`are all delivered in order: ${count}`, async () => {
      const { simulator, seen } = await streaming();
      simulator.hello.burst(count, (connection, bytes) => connection.write(bytes));
      await until('all have arrived', () => seen.length >= count);
      expect(seen).to.deep.equal(Array.from({ length: count }, (_, i) => i + 1));
    });
  }

  it('are all delivered in order when the chunks end anywhere in them', async () => {
    const { simulator, seen } = await streaming();
    const writes: Promise<void>[] = [];
    simulator.hello.burst(17, (connection, bytes) => {
      const inSteps = async (): Promise<void> => {
        for (let at = 0; at < bytes.length; at += 97) {
          connection.write(bytes.subarray(at, at + 97));
          await pause('turn');
        }
      };
      writes.push(inSteps());
    });
    await Promise.all(writes);
    await until('all have arrived', () => seen.length >= 17);
    expect(seen).to.deep.equal(Array.from({ length: 17 }, (_, i) => i + 1));
  });
});
