import { expect } from 'chai';
import { Binary, ClientEncryption as DriverClientEncryption } from 'mongodb';
import { ClientEncryption } from '../../lib';
import { settle } from '../support/bounds';
import { styles } from '../support/styles';

type Methods = Record<string, (...args: unknown[]) => unknown>;

/** The arguments of each method, first those that have to be there. */
const methods: Record<string, { needed: unknown[]; optional?: unknown }> = {
  createDataKey: { needed: ['local'], optional: { keyAltNames: ['a'] } },
  rewrapManyDataKey: { needed: [{}], optional: { provider: 'aws' } },
  deleteKey: { needed: [new Binary()] },
  getKey: { needed: [new Binary()] },
  getKeyByAltName: { needed: ['a'] },
  addKeyAltName: { needed: [new Binary(), 'a'] },
  removeKeyAltName: { needed: [new Binary(), 'a'] },
  createEncryptedCollection: { needed: [{}, 'users', { provider: 'local' }] },
  encrypt: { needed: [5, { algorithm: 'Indexed' }] },
  encryptExpression: { needed: [{ $and: [] }, { algorithm: 'Range' }] },
  decrypt: { needed: [new Binary()] }
};

/** The rest of the driver's: what is not asynchronous, and what it keeps to itself. */
const OTHERS = ['constructor', 'getKeys', 'askForKMSCredentials', '_encrypt'];

/** Runs `body` with a driver whose method only records what it is called with, and gives what `answer` gives. */
async function recorded(name: string, answer: () => unknown, body: (self: object) => Promise<unknown>) {
  const prototype = DriverClientEncryption.prototype as unknown as Methods;
  const own = prototype[name]!;
  const calls: unknown[][] = [];
  prototype[name] = async (...args) => {
    calls.push(args);
    return answer();
  };
  try {
    return { calls, outcome: await settle(body(Object.create(ClientEncryption.prototype) as object)) };
  } finally {
    prototype[name] = own;
  }
}

describe('explicit encryption, without the package that encrypts', () => {
  it('has every method of the driver', () => {
    const names = Object.getOwnPropertyNames(DriverClientEncryption.prototype);
    expect(Object.keys(methods)).to.have.members(names.filter(name => !OTHERS.includes(name)));
    for (const name of Object.keys(methods)) expect(ClientEncryption.prototype).to.have.ownProperty(name);
  });

  for (const [name, { needed, optional }] of Object.entries(methods)) {
    for (const [style, call] of Object.entries(styles)) {
      it(`gives what the driver gives to the same arguments: ${name}, in ${style} style`, async () => {
        const result = { made: name };
        for (const args of optional ? [needed, [...needed, optional]] : [needed]) {
          const { calls, outcome } = await recorded(
            name,
            () => result,
            self => call(self, name, ...args)
          );
          expect(calls).to.deep.equal([args]);
          expect(outcome.value).to.equal(result);
        }
      });

      it(`raises what the driver raises: ${name}, in ${style} style`, async () => {
        const fault = new RangeError('a fault');
        const fail = (): never => {
          throw fault;
        };
        const { outcome } = await recorded(name, fail, self => call(self, name, ...needed));
        expect(outcome.error).to.equal(fault);
        expect(fault.stack).to.include(__filename);
      });
    }
  }
});
