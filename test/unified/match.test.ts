import { expect } from 'chai';
import { BSON } from 'mongodb';
import { EntityMap } from './entities';
import { match } from './match';
import { InvalidTest, Mismatch } from './mismatch';

const { Long, ObjectId } = BSON;
const entities = new EntityMap();
const place = { entities, path: 'value', root: false };

const accept = (expected: unknown, actual: unknown, root = false): void =>
  match(expected, actual, { ...place, root });

const refuse = (expected: unknown, actual: unknown, root = false): void => {
  expect(() => match(expected, actual, { ...place, root })).to.throw(Mismatch);
};

describe('the matching of unified tests', () => {
  it('takes numbers of any width for equal when their values are', () => {
    accept(1, Long.fromNumber(1));
    accept(1, 1n);
    refuse(1, 1.5);
    refuse(1, '1');
  });

  it('compares values of the same type by value', () => {
    accept(new ObjectId('0'.repeat(24)), new ObjectId('0'.repeat(24)));
    refuse(new ObjectId('0'.repeat(24)), new ObjectId('1'.repeat(24)));
    refuse(null, undefined);
  });

  it('lets a document have more keys than are expected at the root alone', () => {
    accept({ a: 1 }, { a: 1, b: 2 }, true);
    refuse({ a: 1 }, { a: 1, b: 2 });
    refuse({ a: { b: 1 } }, { a: { b: 1, c: 2 } }, true);
    refuse([{ a: 1 }], [{ a: 1, b: 2 }], true);
  });

  it('wants each key that is expected, in any order', () => {
    accept({ a: 1, b: 2 }, { b: 2, a: 1 });
    refuse({ a: 1, b: 2 }, { a: 1 }, true);
  });

  it('wants arrays of the same length', () => {
    accept([1, 2], [1, 2]);
    refuse([1], [1, 2]);
    refuse([1, 2], [1]);
    refuse([], {});
  });

  it('knows whether a key exists', () => {
    accept({ a: { $$exists: true } }, { a: null });
    refuse({ a: { $$exists: true } }, {});
    accept({ a: { $$exists: false } }, {});
    refuse({ a: { $$exists: false } }, { a: null });
  });

  it('lets a key be unset where that is allowed, but not another value', () => {
    accept({ a: { $$unsetOrMatches: 1 } }, {});
    refuse({ a: { $$unsetOrMatches: 1 } }, { a: 2 });
    refuse({ a: { $$unsetOrMatches: { b: 1 } } }, { a: { b: 1, c: 2 } });
  });

  it('knows the types of values', () => {
    accept({ $$type: ['int', 'long'] }, 1);
    accept({ $$type: 'objectId' }, new ObjectId());
    refuse({ $$type: 'object' }, new ObjectId());
    refuse({ $$type: ['int', 'long'] }, '1');
    refuse({ a: { $$type: 'string' } }, {});
    expect(() => accept({ $$type: 'integer' }, 1)).to.throw(InvalidTest);
  });

  it('compares bytes with hexadecimal digits', () => {
    accept({ $$matchesHexBytes: '12AB' }, Buffer.from([0x12, 0xab]));
    refuse({ $$matchesHexBytes: '12AB' }, Buffer.from([0x12]));
    expect(() => accept({ $$matchesHexBytes: '1' }, Buffer.alloc(0))).to.throw(InvalidTest);
  });

  it('compares with a limit', () => {
    accept({ $$lte: 2 }, 2);
    refuse({ $$lte: 2 }, 3);
    refuse({ $$lte: 2 }, undefined);
  });

  it('looks into Extended JSON', () => {
    accept({ $$matchAsDocument: { a: { $$type: 'long' } } }, '{"a": {"$numberLong": "1"}}');
    refuse({ $$matchAsDocument: { a: 1 } }, '{"a": 1, "b": 2}');
    accept({ $$matchAsDocument: { $$matchAsRoot: { a: 1 } } }, '{"a": 1, "b": 2}');
    refuse({ $$matchAsDocument: { a: 1 } }, 'no JSON');
  });

  it('compares with the value of an entity', () => {
    const named = new EntityMap();
    named.add('value', 'one', 1);
    match({ $$matchesEntity: 'one' }, 1, { ...place, entities: named });
    expect(() => match({ $$matchesEntity: 'one' }, 2, { ...place, entities: named })).to.throw(Mismatch);
    expect(() => accept({ $$matchesEntity: 'two' }, 2)).to.throw(InvalidTest);
  });

  it('refuses an operator it does not know', () => {
    expect(() => accept({ $$near: 1 }, 1)).to.throw(InvalidTest);
  });

  it('takes an equality for the value it compares with, but not for another', () => {
    accept({ _id: 1 }, { _id: { $eq: 1 } });
    refuse({ _id: 1 }, { _id: { $eq: 2 } });
  });
});
