/* A cursor that is used step by step, and a server that has its documents in batches of any size. */
import type { Document, FindCursor } from 'mongodb';
import fc from 'fast-check';
import { settle } from '../support/bounds';
import type { Simulator } from '../support/simulator';

/** A method, or `clone`, `for await` and the like, with what it is given. */
export type Step = readonly [name: string, ...args: unknown[]];

export interface Plan {
  readonly method: 'find' | 'aggregate';
  readonly options: Document;
  /** Whether it has a signal, which may be aborted. */
  readonly signalled: boolean;
  readonly steps: readonly Step[];
  readonly server: Batches;
}

interface Batches {
  /** How many documents each has. */
  readonly sizes: readonly number[];
  /** Whether the server learns of the end only when it is asked beyond. */
  readonly open: boolean;
  /** Which batch fails, and by which code. */
  readonly failing: number;
  readonly code: number;
}

const few = fc.integer({ min: 0, max: 4 });
const oneOf = (name: string | fc.Arbitrary<string>): fc.Arbitrary<string> =>
  typeof name === 'string' ? fc.constant(name) : name;

const step = (
  weight: number,
  name: string | fc.Arbitrary<string>,
  ...args: fc.Arbitrary<unknown>[]
): fc.WeightedArbitrary<Step> => ({ weight, arbitrary: fc.tuple(oneOf(name), ...args) });

const steps = fc.oneof(
  step(4, 'next'),
  step(2, 'tryNext'),
  step(3, 'hasNext'),
  step(3, fc.constantFrom('toArray', 'stream', 'close', 'rewind', 'clone', Symbol.asyncDispose.toString())),
  step(2, fc.constantFrom('forEach', 'for await'), few),
  step(1, fc.constantFrom('abort', 'abort in forEach', 'abort in for await')),
  step(1, 'readBufferedDocuments', fc.option(few, { nil: undefined })),
  step(1, 'map', fc.constantFrom('wrapped', 'null', 'undefined', 'an error')),
  step(1, fc.constantFrom('limit', 'skip', 'batchSize'), fc.constantFrom(0, 1, 2, 3, -1, 'x')),
  step(1, 'sort', fc.constantFrom({ a: 1 }, 'a', [], null)),
  step(1, fc.constantFrom('project', 'filter', 'match', 'addStage'), fc.constantFrom({ a: 1 }, {})),
  step(1, 'addCursorFlag', fc.constantFrom('noCursorTimeout', 'tailable', 'nope'), fc.constantFrom(true, 1))
);

export const plans: fc.Arbitrary<Plan> = fc.record({
  method: fc.constantFrom('find', 'aggregate'),
  options: fc.record(
    { batchSize: fc.constantFrom(0, 1, 2, 3, 50), limit: fc.constantFrom(0, 1, 3, 4, -2) },
    { requiredKeys: [] }
  ),
  signalled: fc.boolean(),
  steps: fc.array(steps, { minLength: 1, maxLength: 9 }),
  server: fc.record({
    sizes: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
    open: fc.boolean(),
    failing: fc.constantFrom(-1, -1, -1, 0, 1, 2),
    code: fc.constantFrom(43, 96, 10107, 11601)
  })
});

/** Answers as a plan says, from now on. */
export function serve(simulator: Simulator, { sizes, open, failing, code }: Batches): void {
  let asked = 0;
  let documents = 0;
  let cursors = 0;
  const given = new Map<string, number>();
  const batch = (index: number): Document[] =>
    Array.from({ length: sizes[index] ?? 0 }, () => ({ _id: ++documents }));
  const goesOn = (index: number): boolean => index + 1 < sizes.length || (open && index < sizes.length);
  for (const name of ['find', 'aggregate']) {
    simulator.on(name, (_, reply) => {
      if (asked++ === failing) return reply.fail(code, 'AnError');
      given.set(String(++cursors), 0);
      return reply.cursor(batch(0), { id: goesOn(0) ? BigInt(cursors) : 0n });
    });
  }
  simulator.on('getMore', ({ getMore }, reply) => {
    if (asked++ === failing) return reply.fail(code, 'AnError');
    const index = (given.get(String(getMore)) ?? 0) + 1;
    given.set(String(getMore), index);
    return reply.cursor(batch(index), { id: goesOn(index) ? BigInt(getMore) : 0n, batch: 'nextBatch' });
  });
  simulator.on('killCursors', ({ cursors: ids }) => ({ cursorsKilled: ids }));
}

const mapped: Record<string, (document: Document) => unknown> = {
  wrapped: document => ({ document }),
  null: () => null,
  undefined: () => undefined,
  'an error': () => {
    throw new Error('mapped to an error');
  }
};

const special: Record<string, (cursor: FindCursor, given: never, abort: AbortController) => unknown> = {
  clone: () => undefined, // by whoever has the cursor
  map: (cursor, to: string) => void cursor.map(mapped[to]!),
  forEach: async (cursor, most: number) => {
    const seen: Document[] = [];
    await cursor.forEach(document => seen.push(document) <= most);
    return seen;
  },
  'for await': async (cursor, most: number) => {
    const seen: Document[] = [];
    for await (const document of cursor) if (seen.push(document) > most) break;
    return seen;
  },
  abort: (_cursor, _given, abort) => abort.abort(new Error('aborted')),
  'abort in forEach': async (cursor, _given, abort) => {
    const seen: Document[] = [];
    const read = cursor.forEach(document => {
      if (seen.push(document) === 1) abort.abort(new Error('aborted'));
    });
    return [seen, (await settle(read)).error?.message];
  },
  'abort in for await': async (cursor, _given, abort) => {
    const seen: Document[] = [];
    const read = async (): Promise<void> => {
      for await (const document of cursor) if (seen.push(document) === 1) abort.abort(new Error('aborted'));
    };
    return [seen, (await settle(read())).error?.message];
  },
  stream: async cursor => {
    const seen: Document[] = [];
    for await (const document of cursor.stream()) seen.push(document as Document);
    return seen;
  },
  [Symbol.asyncDispose.toString()]: cursor => cursor[Symbol.asyncDispose]()
};

/** Takes a step. Gives what it gives, but for the cursor itself. */
export async function take(
  cursor: FindCursor,
  [name, ...args]: Step,
  abort: AbortController
): Promise<unknown> {
  if (special[name]) return special[name](cursor, args[0] as never, abort);
  const method = Reflect.get(cursor, name) as ((...given: unknown[]) => unknown) | undefined;
  if (!method) return `has no ${name}`; // as a cursor of an aggregation
  const made = await method.apply(cursor, args);
  return made === cursor ? 'itself' : made;
}
