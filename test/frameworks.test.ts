import Bluebird from 'bluebird';
import { expect } from 'chai';
import {
  asynchronize,
  bluebird,
  coroutine,
  Future,
  nativePromises,
  type SyncStyle,
  useFramework,
  waitFor
} from '../lib';

const double = asynchronize(function* double(this: unknown, value: number): SyncStyle<number> {
  return 2 * (yield* waitFor(Promise.resolve(value)));
});

describe('a framework', () => {
  afterEach(() => useFramework(nativePromises));

  it('is native promises by default', () => {
    expect(double(1)).to.be.instanceOf(Future);
  });

  it('can be Bluebird', async () => {
    expect(useFramework(bluebird(Bluebird))).to.equal(nativePromises);
    const promise: unknown = double(2);
    expect(promise).to.be.instanceOf(Bluebird);
    expect(await promise).to.equal(4);
  });

  it("lets Bluebird's promises be delegated to", async () => {
    useFramework(bluebird(Bluebird));
    const summing = coroutine(function* () {
      return (yield* double(1)) + (yield* double(2));
    });
    expect(await summing()).to.equal(6);
  });

  it('passes errors on through Bluebird', async () => {
    useFramework(bluebird(Bluebird));
    const failing = asynchronize(function* failing(this: unknown): SyncStyle<void> {
      yield* waitFor(Promise.reject(new Error('a fault')));
    });
    expect(await failing().catch((error: Error) => error.message)).to.equal('a fault');
  });

  it('has to be one', () => {
    expect(() => useFramework({} as never)).to.throw(TypeError, 'a framework');
  });
});
