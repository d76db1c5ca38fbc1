import { expect } from 'chai';
import { settle, until, within } from '../support/bounds';
import { atRest, poolOf } from '../support/pool-counts';
import type { Handler } from '../support/simulator';
import { useStage } from '../support/stage';

const failures: Record<string, Handler> = {
  'a reset': (_command, _reply, connection) => connection.reset(),
  'the end of the stream': (_command, _reply, connection) => connection.end(),
  'half a reply': (command, reply, connection) => {
    connection.write(reply.frame(command).subarray(0, 30));
    connection.reset();
  },
  'an error of the server': (_command, reply) => reply.fail(18, 'AuthenticationFailed')
};

describe('the permits to connect', () => {
  const stage = useStage();

  for (const [what, fail] of Object.entries(failures)) {
    it(`are all given back when handshakes fail under many waiters: ${what}`, async () => {
      const simulator = await stage.simulator();
      let failing = 15;
      simulator.on('handshake', (command, reply, connection) => {
        if (!command.speculativeAuthenticate || failing-- <= 0)
          return simulator.hello.answer(reply, connection);
        return fail(command, reply, connection);
      });
      const limits = { minPoolSize: 3, maxPoolSize: 5, maxConnecting: 2, minHeartbeatFrequencyMS: 20 };
      const client = stage.client(simulator.taggedUri({ ...limits, serverSelectionTimeoutMS: 5000 }));
      const users = client.db('shop').collection('users');
      const calls = Array.from({ length: 30 }, () => settle(users.findOne({})));
      await within(10_000, 'settling all calls', Promise.all(calls));
      while (failing > 0) await settle(within(4000, 'a call', users.findOne({})));
      await within(5000, 'calls after the failures', Promise.all(calls.map(() => users.findOne({}))));
      await until('the pool is filled again', () => poolOf(client).totalConnectionCount >= 3);
      await until('the pool is at rest', () => atRest(client));
      expect(poolOf(client).totalConnectionCount).to.be.within(3, 5);
      await until('every socket is in the pool', () => {
        return simulator.openApplications.length === poolOf(client).totalConnectionCount;
      });
    });
  }
});
