import { expect } from 'chai';
import { asynchronizeClass, type SyncStyle } from '../../lib';

type Log = string[];

/** A class of ours over a parent whose methods an instrumentation may wrap. */
function makeClass(log: Log) {
  class Store {
    async write(name: string): Promise<string> {
      log.push(`parent writes ${name}`);
      return name;
    }
    async writeAll(names: string[]): Promise<string[]> {
      return Promise.all(names.map(name => this.write(name)));
    }
  }
  class Ours extends Store {}
  asynchronizeClass(Ours, {
    async: {
      *write(name: string): SyncStyle<string> {
        log.push(`ours writes ${name}`);
        return name;
      },
      *writeAll(names: string[]): SyncStyle<string[]> {
        log.push(`ours writes all ${names.join()}`);
        return names;
      }
    },
    heeds: name => (name === 'writeAll' ? ['writeAll', 'write'] : [name])
  });
  return { Store, ours: new Ours() };
}

describe('a class of a table that heeds instrumentations', () => {
  it("runs the table's methods as long as the parent's are its own", async () => {
    const log: Log = [];
    const { ours } = makeClass(log);
    expect(await ours.write('a')).to.equal('a');
    expect(await ours.writeAll(['b'])).to.deep.equal(['b']);
    expect(log).to.deep.equal(['ours writes a', 'ours writes all b']);
  });

  it("runs the parent's while one is wrapped, be it one that the parent's calls, and callbacks are called", async () => {
    const log: Log = [];
    const { Store, ours } = makeClass(log);
    const { write } = Store.prototype;
    Store.prototype.write = function (...args) {
      log.push('seen');
      return write.apply(this, args);
    };
    expect(await ours.write('a')).to.equal('a');
    const names = await new Promise((resolve, reject) => {
      const methods = ours as unknown as Record<string, (...args: unknown[]) => void>;
      methods.writeAll!(['b'], (error: unknown, result: unknown) =>
        error ? reject(error) : resolve(result)
      );
    });
    expect(names).to.deep.equal(['b']);
    expect(log).to.deep.equal(['seen', 'parent writes a', 'seen', 'parent writes b']);
    Store.prototype.write = write;
    await ours.write('c');
    expect(log.at(-1)).to.equal('ours writes c');
  });
});
