import { expect } from 'chai';
import fc from 'fast-check';
import { type Outcome, settle, sleep, until, within } from '../support/bounds';
import { answer, connectionsOf, pipelined } from '../support/pipelined';
import { atRest, poolOf } from '../support/pool-counts';
import type { Reply } from '../support/simulator-reply';
import { useStage } from '../support/stage';

/** `share` and `alone` begin an operation; `answer` and `break` concern one that is under way, if there is one. */
interface Step {
  do: 'share' | 'alone' | 'answer' | 'break';
  which: number;
}

const step = fc.record({
  do: fc.constantFrom<Step['do']>(
    ...Array<Step['do']>(8).fill('share'),
    'alone',
    'alone',
    'answer',
    'answer',
    'answer',
    'break'
  ),
  which: fc.nat(30)
});
const limits = fc.record({
  connections: fc.integer({ min: 1, max: 3 }),
  pipelining: fc.integer({ min: 2, max: 5 })
});

const isAlone = ({ request }: Reply): boolean => request.command.comment === 'alone';

describe('a pool with pipelining, whatever comes', () => {
  const stage = useStage();

  it('keeps to its limits, loses neither a connection nor a caller, and is at rest at the end', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(limits, fc.array(step, { minLength: 10, maxLength: 60 }), async (limit, steps) => {
        const { connections, pipelining } = limit;
        const given = await pipelined(stage, connections, { pipelining }, { replicaSet: 'sim' });
        const { simulator, client, users, held, release } = given;
        const begin = {
          share: (_id: number) => users.findOne({ _id }, { comment: 'shared' }),
          alone: (_id: number) => users.db.command({ find: 'users', filter: { _id }, comment: 'alone' })
        };
        const calls: { kind: 'share' | 'alone'; outcome: Promise<Outcome<unknown>> }[] = [];
        const check = (): void => {
          const alive = held.filter(({ connection }) => !connection.closed);
          const ids = connectionsOf(alive);
          for (const id of ids) expect(ids.filter(other => other === id).length).to.be.most(pipelining);
          for (const reply of alive.filter(isAlone)) {
            expect(ids.filter(id => id === reply.connection.id)).to.have.length(1);
          }
          expect(poolOf(client).totalConnectionCount).to.be.most(connections);
        };
        for (const { do: what, which } of steps) {
          if (what === 'share' || what === 'alone') {
            calls.push({ kind: what, outcome: settle(begin[what](calls.length)) });
          } else if (held.length > 0) {
            const [reply] = held.splice(which % held.length, 1);
            if (what === 'answer') answer(reply!);
            else reply!.connection.reset();
            for (const other of held.filter(
              ({ connection }) => what === 'break' && connection === reply!.connection
            )) {
              held.splice(held.indexOf(other), 1);
            }
          }
          if (which % 3 === 0) await sleep(1);
          check();
        }
        release();
        const outcomes = await within(5000, 'all calls', Promise.all(calls.map(({ outcome }) => outcome)));
        for (const [id, { value, error }] of outcomes.entries()) {
          if (calls[id]!.kind === 'share' && !error) expect(value).to.deep.equal({ _id: id });
          if (error)
            expect(error.name).to.match(/^Mongo(Network|PoolCleared|ServerSelection)Error|^PoolCleared/);
        }
        await until('the pool is at rest', () => atRest(client));
        await until('every socket is in the pool', () => {
          return simulator.openApplications.length === poolOf(client).totalConnectionCount;
        });
        await client.close();
        await simulator.close();
      }),
      { numRuns: 40, endOnFailure: true }
    );
  });
});
