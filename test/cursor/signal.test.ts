import { expect } from 'chai';
import type { Socket } from 'node:net';
import type { MongoClient } from '../support/motor';
import { failure } from '../support/bounds';
import { poolsOf } from '../support/inside';
import { useStage } from '../support/stage';

interface Idle {
  connections: Iterable<{ socket: Socket }>;
}

describe('a cursor with a signal', () => {
  const stage = useStage();

  async function connected(): Promise<MongoClient> {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri(), { maxPoolSize: 1, monitorCommands: true });
    await client.db('shop').command({ ping: 1 });
    return client;
  }

  const idle = (client: MongoClient): Socket[] =>
    poolsOf(client).flatMap(pool => [...(pool as Idle).connections].map(({ socket }) => socket));

  it('takes no connection in the turn of the call, and none when it is aborted in that turn', async () => {
    const client = await connected();
    const [socket] = idle(client);
    const controller = new AbortController();
    const found = client.db('shop').collection('users').find({}, { signal: controller.signal }).toArray();
    expect(idle(client)).to.deep.equal([socket]);
    controller.abort();
    expect((await failure(found)).name).to.equal('AbortError');
    expect(idle(client)).to.deep.equal([socket]);
    expect(socket!.destroyed).to.equal(false);
  });

  it('closes its connection when whoever hears of its command aborts it', async () => {
    const client = await connected();
    const [socket] = idle(client);
    const controller = new AbortController();
    const failed: string[] = [];
    client.on('commandStarted', () => controller.abort());
    client.on('commandFailed', ({ commandName }) => failed.push(commandName));
    const cursor = client.db('shop').collection('users').find({}, { signal: controller.signal });
    expect((await failure(cursor.next())).name).to.equal('AbortError');
    expect([socket!.destroyed, cursor.closed, failed]).to.deep.equal([true, true, ['find']]);
  });
});
