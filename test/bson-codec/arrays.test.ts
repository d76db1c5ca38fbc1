import * as bson from 'bson';
import { expect } from 'chai';
import { deserialize } from '../../lib/bson/index';
import { assertReadsTheSame } from './differential';

describe('arrays', () => {
  for (const length of [0, 1, 3, 16, 17, 18, 100]) {
    it(`of ${length} values are read as by bson, whatever those are`, () => {
      const of = (value: (index: number) => unknown): unknown[] =>
        Array.from({ length }, (_, index) => value(index));
      const arrays = {
        integers: of(index => index),
        doubles: of(index => index + 0.5),
        mixed: of(index => index / 2),
        texts: of(String),
        late: [...of(index => index), 'text'],
        later: [...of(index => index + 0.5), null, 1],
        arrays: of(index => [index])
      };
      for (let i = 0; i < 3; i++) assertReadsTheSame(Buffer.from(bson.serialize(arrays)));
    });
  }

  it('may be added to', () => {
    const { array } = deserialize(bson.serialize({ array: [1.5, 2.5] }));
    array.push('three', 4);
    expect(array).to.deep.equal([1.5, 2.5, 'three', 4]);
  });
});
