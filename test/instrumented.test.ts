import { expect } from 'chai';
import { instrumentationOf } from '../lib/instrumented';

type Methods = Record<string, (...args: unknown[]) => unknown>;

/** As OpenTelemetry and Datadog wrap. */
const wrap = (prototype: object, name: string): (() => void) => {
  const methods = prototype as Methods;
  const original = methods[name]!;
  methods[name] = function (...args) {
    return original.apply(this, args);
  };
  return () => void (methods[name] = original);
};

const makeClass = () =>
  class Users {
    async command(ns: string): Promise<string> {
      return ns;
    }
    release(): void {}
    *walk(): Generator {}
    async *readMany(): AsyncGenerator {}
  };

describe('whether a method is instrumented', () => {
  for (const name of ['command', 'release', 'walk', 'readMany'] as const) {
    it(`is told while it is wrapped, and not before or after: ${name}`, () => {
      const { prototype } = makeClass();
      const isWrapped = instrumentationOf(name, () => prototype[name]);
      expect([isWrapped(), isWrapped()]).to.deep.equal([false, false]);
      for (let times = 0; times < 2; times++) {
        const unwrap = wrap(prototype, name);
        expect([isWrapped(), isWrapped()]).to.deep.equal([true, true]);
        unwrap();
        expect([isWrapped(), isWrapped()]).to.deep.equal([false, false]);
      }
    });

    it(`is told when it was wrapped before anybody asked: ${name}`, () => {
      const { prototype } = makeClass();
      const unwrap = wrap(prototype, name);
      const isWrapped = instrumentationOf(name, () => prototype[name]);
      expect(isWrapped()).to.equal(true);
      unwrap();
      expect(isWrapped()).to.equal(false);
    });
  }

  it('is told of each of several wrappers, one around the other', () => {
    const { prototype } = makeClass();
    const isWrapped = instrumentationOf('command', () => prototype.command);
    const first = wrap(prototype, 'command');
    expect(isWrapped()).to.equal(true);
    const second = wrap(prototype, 'command');
    expect(isWrapped()).to.equal(true);
    second();
    expect(isWrapped()).to.equal(true);
    first();
    expect(isWrapped()).to.equal(false);
  });
});
