import { expect } from 'chai';
import { asynchronizeClass, Future, type Method, type SyncStyle, waitFor } from '../../lib';

/** A class with methods that return promises, as a driver has it. */
class Store {
  readonly name = 'store';
  readonly log: string[] = [];
  get size(): number {
    return this.log.length;
  }
  async append(line: string, times = 1): Promise<number> {
    for (let i = 0; i < times; i++) this.log.push(line);
    return this.log.length;
  }
  async fail(): Promise<void> {
    throw new Error('a fault');
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.log.push('disposed');
  }
  chain(line: string): this {
    this.log.push(line);
    return this;
  }
  child(): Store {
    return new Store();
  }
}

interface Wrapper {
  first: Method<[], string | undefined>;
  append: Method<[line: string, times?: number], number>;
  fail: Method<[], void>;
  [Symbol.asyncDispose]: Method<[], void>;
  chain(line: string): Wrapper;
  child(): Wrapper;
  readonly size: number;
  readonly name: string;
}

function* first(this: { log?: string[]; delegate?: Store }): SyncStyle<string | undefined> {
  const log = this.delegate?.log ?? this.log;
  return yield* waitFor(Promise.resolve(log?.[0]));
}

class Extending extends Store {}
asynchronizeClass(Extending, {
  async: { first },
  delegated: { append: { arity: 2 }, fail: {}, [Symbol.asyncDispose]: {} },
  chaining: ['chain', 'child'],
  readOnly: ['size'],
  wrap: { child: () => new Extending() }
});

class Holding {
  constructor(readonly delegate = new Store()) {}
}
asynchronizeClass(Holding, {
  async: { first },
  delegated: { append: { arity: 2 }, fail: {}, [Symbol.asyncDispose]: {} },
  chaining: ['chain', 'child'],
  readOnly: ['size', 'name'],
  wrap: { child: (_: Holding, child: Store) => new Holding(child) },
  unwrap: argument => (argument instanceof Holding ? argument.delegate.name : argument),
  delegate: (self: Holding) => self.delegate
});

for (const Class of [Extending, Holding]) {
  describe(`a class asynchronized by ${Class.name.toLowerCase()} its delegate`, () => {
    const make = (): Wrapper => new Class() as unknown as Wrapper;

    it('has the methods in sync style', async () => {
      const wrapper = make();
      await wrapper.append('one');
      expect(wrapper.first()).to.be.instanceOf(Future);
      expect(await wrapper.first()).to.equal('one');
    });

    it("has the delegate's promises as futures and callbacks", async () => {
      const wrapper = make();
      expect(wrapper.append('one')).to.be.instanceOf(Future);
      const outcome = await new Promise(resolve => wrapper.append('two', 2, (...args) => resolve(args)));
      expect(outcome).to.deep.equal([undefined, 3]);
      expect(await wrapper.fail().catch((error: Error) => error.message)).to.equal('a fault');
    });

    it('has the methods whose names are symbols', async () => {
      const store = make();
      const disposed = store[Symbol.asyncDispose]();
      expect(disposed).to.be.instanceOf(Future);
      await disposed;
      expect(await store.append('a')).to.equal(2);
      expect(store[Symbol.asyncDispose].name).to.equal(`[${Symbol.asyncDispose.description}]`);
    });

    it('returns itself from a method that chains', () => {
      const wrapper = make();
      expect(wrapper.chain('one').chain('two')).to.equal(wrapper);
      expect(wrapper.size).to.equal(2);
    });

    it('wraps what a method makes', async () => {
      const child = make().child();
      expect(child).to.be.instanceOf(Class);
      expect(await child.append('one')).to.equal(1);
    });

    it('has properties that cannot be written', () => {
      const wrapper = make();
      expect(() => ((wrapper as { size: number }).size = 5)).to.throw(TypeError);
      expect(wrapper.size).to.equal(0);
    });
  });
}

describe('a class that holds its delegate', () => {
  it('unwraps arguments', async () => {
    const wrapper = new Holding() as unknown as Wrapper & { delegate: Store };
    await wrapper.append(new Holding() as never);
    expect(wrapper.delegate.log).to.deep.equal(['store']);
  });
});

describe('asynchronizeClass', () => {
  it('makes members that are not enumerable, as methods are', () => {
    expect(Object.keys(Extending.prototype)).to.deep.equal([]);
  });

  it('names its methods as the table does', () => {
    for (const name of ['chain', 'child', 'append']) {
      expect(Reflect.get(Extending.prototype, name), name).to.have.property('name', name);
    }
  });
});
