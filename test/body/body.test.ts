import { expect } from 'chai';
import { type Body, type CallbackBody, promising } from '../../lib/body';
import { settle } from '../support/bounds';

type AnyBody = Body<number, number> | CallbackBody<number, number>;

const later = (value: number): Promise<number> => new Promise(resolve => setImmediate(resolve, value));

function* added(to: number): Generator<Promise<number>, number, number> {
  return to + (yield later(1));
}

const run = async (body: AnyBody): Promise<number> => (await promising('test()', body)(1)) as number;

const bodies: Record<string, AnyBody> = {
  'an async function': async (to: number) => to + (await later(1)),
  'a function that returns a promise': (to: number) => later(to + 1),
  'a generator function': added,
  'a function that returns a generator': (to: number) => added(to),
  'a function that calls back': (to, done) => void later(to + 1).then(sum => done(undefined, sum)),
  'a function that calls back at once': (to, done) => done(undefined, to + 1),
  'a function that calls back, and returns a promise besides': (to, done) =>
    later(to + 1).then(sum => done(undefined, sum))
};

const failing: Record<string, AnyBody> = {
  'an async function': async () => Promise.reject(new RangeError('out')),
  'a generator function': function* () {
    yield later(1);
    throw new RangeError('out');
  },
  'a function that throws': () => {
    throw new RangeError('out');
  },
  'a function that calls back with an error': (_, done) => done(new RangeError('out')),
  'a function that should call back, and throws': (_, _done) => {
    throw new RangeError('out');
  },
  'a function that should call back, and whose promise fails': (_, _done) =>
    later(1).then(() => {
      throw new RangeError('out');
    })
};

describe('a function of any style', () => {
  for (const [name, body] of Object.entries(bodies)) {
    it(`gives its result: ${name}`, async () => expect(await run(body)).to.equal(2));
  }

  for (const [name, body] of Object.entries(failing)) {
    it(`gives its error: ${name}`, async () => {
      const { error } = await settle((async () => run(body))());
      expect(error).to.be.instanceOf(RangeError);
    });
  }

  it('is given no callback when it is async or a generator function, whatever it declares', async () => {
    const given: unknown[] = [];
    await run(async (to: number, ...rest: unknown[]) => (given.push(...rest), to));
    const twoParameters = async (to: number, done?: unknown): Promise<number> => (given.push(done), to);
    Object.defineProperty(twoParameters, 'length', { value: 2 });
    await run(twoParameters);
    await run(function* (to: number, done: unknown) {
      given.push(done);
      return to;
    } as AnyBody);
    expect(given).to.deep.equal([undefined, undefined]);
  });

  it('has its first call of the callback believed, and no other', async () => {
    const body: AnyBody = (_, done) => {
      done(undefined, 1);
      done(new Error('too late'));
      done(undefined, 2);
    };
    expect(await run(body)).to.equal(1);
  });

  it('may return anything else, which is passed on: an async generator is no coroutine', () => {
    expect(promising('test()', (() => 5) as never)(1)).to.equal(5);
    async function* stream(): AsyncGenerator<number> {
      yield 1;
    }
    const returned = promising('test()', stream as never)(1) as object;
    expect(Symbol.asyncIterator in returned).to.equal(true);
  });

  for (const [name, value] of Object.entries({ null: null, undefined, object: {}, string: 'body' })) {
    it(`is refused, with what it may be, when it is no function: ${name}`, () => {
      expect(() => promising('test()', value as never)).to.throw(
        TypeError,
        new RegExp(`^test\\(\\) takes a function: .*got ${name}$`)
      );
    });
  }
});
