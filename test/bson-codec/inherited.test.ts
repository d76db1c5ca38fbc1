import { expect } from 'chai';
import { assertWritesTheSame } from './differential';

/** So many that a shape is expected again. */
const MANY = 20;

/** As classes were once written: what it has is not hidden from loops. */
function Old(this: object, fields: object): void {
  Object.assign(this, fields);
}
Old.prototype.describe = function describe(): string {
  return 'a method';
};
Old.prototype.kind = 'a value';

const make = (fields: object): object => Reflect.construct(Old, [fields]);

describe('keys that a document has inherited', () => {
  it('are not written, as by bson', () => {
    for (let i = 0; i < MANY; i++) assertWritesTheSame(make({ a: 1, b: { c: 2 } }));
    assertWritesTheSame(make({}));
  });

  it('are not even looked at', () => {
    const asked: string[] = [];
    const parent = Object.defineProperty({}, 'computed', {
      enumerable: true,
      get: () => asked.push('computed')
    });
    const child = (a: number): object => Object.assign(Object.create(parent) as object, { a });
    for (let i = 0; i < MANY; i++) assertWritesTheSame({ unseen: { a: i } }); // a place of its own
    for (let i = 0; i < MANY; i++) assertWritesTheSame({ unseen: child(i) });
    expect(asked).to.deep.equal([]);
  });

  it('are not written after documents that have them as their own', () => {
    for (let i = 0; i < MANY; i++) assertWritesTheSame({ a: 1, describe: 'own', kind: 'own' });
    assertWritesTheSame(make({ a: 1 }));
    assertWritesTheSame({ a: 1, describe: 'own', kind: 'own' });
  });

  it('are not written inside of others', () => {
    for (let i = 0; i < MANY; i++) assertWritesTheSame({ a: { b: 1 }, list: [{ c: 1 }, { c: 1 }] });
    for (let i = 0; i < MANY; i++)
      assertWritesTheSame({ a: make({ b: 1 }), list: [{ c: 1 }, make({ c: 1 })] });
  });

  it('are written where the document has keys of its own by these names', () => {
    for (let i = 0; i < MANY; i++) assertWritesTheSame(make({ kind: 'own', a: 1 }));
  });

  it('are not written where all objects have them', () => {
    for (let i = 0; i < MANY; i++) assertWritesTheSame({ a: 1, b: 2 });
    Object.defineProperty(Object.prototype, 'everywhere', { value: 1, enumerable: true, configurable: true });
    try {
      for (let i = 0; i < MANY; i++) assertWritesTheSame({ a: 1, b: 2 });
    } finally {
      Reflect.deleteProperty(Object.prototype, 'everywhere');
    }
    expect({}).not.to.have.property('everywhere');
    assertWritesTheSame({ a: 1, b: 2 });
  });
});
