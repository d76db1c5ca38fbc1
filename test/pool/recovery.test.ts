import { expect } from 'chai';
import { until, within } from '../support/bounds';
import { poolOf } from '../support/pool-counts';
import { useStage } from '../support/stage';

describe('a pool whose server was lost', () => {
  const stage = useStage();

  it('is ready again with the next good heartbeat, each time', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(
      simulator.taggedUri({ heartbeatFrequencyMS: 40, minHeartbeatFrequencyMS: 20 })
    );
    const events: string[] = [];
    client.on('connectionPoolCleared', () => events.push('cleared'));
    client.on('connectionPoolReady', () => events.push('ready'));
    const users = client.db('shop').collection('users');
    expect(await users.findOne({})).to.equal(null);
    for (let round = 0; round < 3; round++) {
      const beats = { failed: 0 };
      const count = (): void => void beats.failed++;
      client.on('serverHeartbeatFailed', count);
      simulator.on('hello', (_command, _reply, connection) => connection.reset());
      simulator.on('handshake', (_command, _reply, connection) => connection.reset());
      await until('two heartbeats have failed', () => beats.failed >= 2);
      client.off('serverHeartbeatFailed', count);
      const meanwhile = users.findOne({});
      simulator.on('hello', (_command, reply, connection) => simulator.hello.answer(reply, connection));
      simulator.on('handshake', (_command, reply, connection) => simulator.hello.answer(reply, connection));
      expect(await within(4000, 'the call that waited', meanwhile)).to.equal(null);
      expect(await within(4000, 'the call after', users.findOne({}))).to.equal(null);
    }
    expect(events).to.deep.equal(['ready', 'cleared', 'ready', 'cleared', 'ready', 'cleared', 'ready']);
    expect(poolOf(client).generation).to.be.at.least(3);
  });
});
