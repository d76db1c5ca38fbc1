import { expect } from 'chai';
import { Future, MotorError } from '../lib';

describe('a future', () => {
  it('is a promise', async () => {
    const { future, ...rest } = { future: Future.defer<number>() };
    void rest;
    expect(future.future).to.be.instanceOf(Promise).and.instanceOf(Future);
    future.resolve(1);
    expect(await future.future).to.equal(1);
    expect(await future.future.then(value => value + 1)).to.equal(2);
    expect(await Promise.all([future.future])).to.deep.equal([1]);
  });

  it('looks like a native promise to await, which then takes its short way', () => {
    expect(Future.defer().future.constructor).to.equal(Promise);
  });

  it('has a result once it is done', () => {
    const deferral = Future.defer<number>();
    expect(deferral.future.done).to.equal(false);
    expect(() => deferral.future.result())
      .to.throw(MotorError)
      .with.property('code', 'ERR_PENDING');
    deferral.resolve(7);
    expect([deferral.future.done, deferral.future.result()]).to.deep.equal([true, 7]);
  });

  it('throws its error when it has failed, which is handled by that', async () => {
    const deferral = Future.defer<number>();
    const unhandled: unknown[] = [];
    const note = (error: unknown): number => unhandled.push(error);
    process.on('unhandledRejection', note);
    deferral.reject(new Error('a fault'));
    expect(() => deferral.future.result()).to.throw('a fault');
    await new Promise(resolve => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).to.deep.equal([]);
  });

  it('is not done while the promise it was resolved with is pending', async () => {
    const deferral = Future.defer<unknown>();
    deferral.resolve(Promise.resolve(1));
    expect(deferral.future.done).to.equal(false);
    expect(await deferral.future).to.equal(1);
  });
});
