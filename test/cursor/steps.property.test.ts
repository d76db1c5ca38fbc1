import { expect } from 'chai';
import * as driver from 'mongodb';
import fc from 'fast-check';
import { fieldsOf, listen, type Side, sideOf } from '../support/beside-the-driver';
import { settle, within } from '../support/bounds';
import * as motor from '../support/motor';
import { useStage } from '../support/stage';
import { type Plan, plans, serve, take } from './steps';

/** What a reader sees after an error in `map` is not the driver's: that drops more or fewer of the batch, by the way it is read. */
const IN_MAP = /^mapped to an error|^Cursor returned a `null` document/;

/** With a signal that is aborted, the driver's streams end as if all were read; rewound, its cursors do not hear of it. */
const DEAF = new Set(['stream', 'rewind']);

/** What reads: a cursor that was rewound is closed on the server by us alone. */
const READS = new Set(['find', 'aggregate', 'getMore']);

const stateOf = (cursor: driver.FindCursor): unknown[] => [
  cursor.closed,
  cursor.killed,
  String(cursor.id),
  cursor.bufferedCount()
];

/** All that can be seen of a cursor. */
async function seen(
  { simulator, users }: Side,
  { method, options, signalled, steps, server }: Plan
): Promise<unknown[]> {
  serve(simulator, server);
  const sent = listen(simulator);
  const abort = new AbortController();
  const given = { ...options, ...(signalled && { signal: abort.signal }) };
  const made = method === 'find' ? users.find({}, given) : users.aggregate([], given);
  let cursor = made as driver.AbstractCursor as driver.FindCursor;
  const cursors = [cursor];
  const all: unknown[] = [];
  for (const step of steps) {
    if (signalled && DEAF.has(step[0])) continue;
    if (step[0] === 'clone') cursors.push((cursor = cursor.clone()));
    const { value, error } = await within(5000, step.join(' '), settle(take(cursor, step, abort)));
    all.push({ step, value, error: error && [error.name, error.message] });
    if (error && IN_MAP.test(error.message)) break;
    all.push(stateOf(cursor));
  }
  for (const one of cursors) await one.close();
  const reads = sent().filter(({ name }) => READS.has(name));
  return [...all, ...reads.map(({ command }) => fieldsOf(command))];
}

describe('a cursor that is used step by step', () => {
  const stage = useStage();

  it('gives, throws, sends and says of itself what the driver does', async function () {
    this.timeout(60_000);
    const options = { retryReads: false };
    const [ours, drivers] = [await sideOf(stage, motor, options), await sideOf(stage, driver, options)];
    await fc.assert(
      fc.asyncProperty(plans, async plan => {
        expect(await seen(ours, plan)).to.deep.equal(await seen(drivers, plan));
      }),
      { numRuns: 1000 }
    );
  });
});
