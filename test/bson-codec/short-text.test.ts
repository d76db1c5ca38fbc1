import * as bson from 'bson';
import { expect } from 'chai';
import { deserialize } from '../../lib/bson/index';
import { assertReadsTheSame, assertWritesTheSame } from './differential';

/** So many in one place that those which come again are shared, and of those which do not, nothing is remembered. */
const MANY = 200;

const scripts: Record<string, readonly string[]> = {
  'ASCII and what is near': ['a', '\u007f', '\u0080', '\u00ff', 'b'],
  'two bytes a character': ['ж', 'ü', '\u07ff', 'z'],
  'three and four': ['日', '\u0800', '\uffff', '🙂', 'a'],
  'what stands for what is no character': ['\ufffd', 'a', 'ü'],
  'halves of characters': ['\ud800', 'a', '\udc00', 'ü']
};

describe('short strings', () => {
  for (let length = 0; length <= 20; length++) {
    it(`are read as by bson where they have ${length} characters, however often they come`, () => {
      const texts = [text(length, 0), text(length, 1), text(length, 0)];
      for (const value of [...texts, ...texts]) {
        assertReadsTheSame(bytesOf({ value }));
        assertReadsTheSame(bytesOf({ value, after: 'another string, which is long' }));
      }
    });
  }

  for (const [script, characters] of Object.entries(scripts)) {
    it(`are read and written as by bson where they are of ${script}, however often they come`, () => {
      for (let length = 0; length <= 30; length++) {
        const values = [0, 1, 2, 0, 1, 2].map(from =>
          Array.from({ length }, (_, index) => characters[(index + from) % characters.length]).join('')
        );
        for (const value of values) {
          assertWritesTheSame({ value });
          assertReadsTheSame(bytesOf({ value }));
        }
        assertReadsTheSame(bytesOf({ values }));
      }
    });
  }

  it('are told from those which have more zeros at their end', () => {
    const alike = Array.from({ length: 17 }, (_, length) => 'ab'.padEnd(length, '\0'));
    expect(deserialize(bytesOf({ alike }))['alike']).to.deep.equal(alike);
    expect(deserialize(bytesOf({ alike }))['alike']).to.deep.equal(alike);
  });

  it('are as by bson where they are not ASCII, after others at the same place', () => {
    for (const value of ['abcd', 'äbcd', 'abcä', '日本', 'abcd\u007f', '\u0080', 'abcd']) {
      assertReadsTheSame(bytesOf({ value }));
    }
  });

  it('are refused where they are no UTF-8, after the same bytes were taken without validation', () => {
    const bytes = bytesOf({ value: 'abcd' });
    bytes[bytes.indexOf('abcd')] = 0xff;
    for (let i = 0; i < 3; i++) {
      assertReadsTheSame(bytes, { validation: { utf8: false } });
      expect(() => deserialize(bytes)).to.throw('Invalid UTF-8');
    }
  });

  it('are read as by bson where each is another, and where then one comes again', () => {
    const values = Array.from({ length: MANY }, (_, index) => ({ value: `no ${index}` }));
    const again = Array.from({ length: MANY }, () => ({ value: 'again' }));
    const all = [...values, ...again, ...values];
    expect(deserialize(bytesOf({ all }))['all']).to.deep.equal(all);
  });

  it('are not looked for beyond the end of the bytes', () => {
    const larger = Buffer.concat([bytesOf({ v: 'abc' }), Buffer.from('garbage that is no part of it')]);
    for (let more = 0; more < 20; more++) {
      const bytes = larger.subarray(0, bytesOf({ v: 'abc' }).length + more);
      expect(deserialize(bytes, { allowObjectSmallerThanBufferSize: true })).to.deep.equal({ v: 'abc' });
    }
  });
});

function text(length: number, from: number): string {
  return Array.from({ length }, (_, index) => String.fromCharCode(33 + ((7 * index + from) % 90))).join('');
}

function bytesOf(document: bson.Document): Buffer {
  return Buffer.from(bson.serialize(document));
}
