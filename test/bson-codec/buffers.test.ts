import * as bson from 'bson';
import { expect } from 'chai';
import {
  Memory,
  Output,
  decode,
  deserialize,
  readingFor,
  serialize,
  serializeInto
} from '../../lib/bson/index';
import { assertReadsTheSame, assertWritesTheSame } from './differential';
import { assertSame, outcome } from './same';

const DOCUMENT = {
  _id: 1,
  text: 'ünïcode and more than a few characters',
  nested: { array: [1.5, null] },
  last: 'z'
};
const bytes = Buffer.from(bson.serialize(DOCUMENT));

describe('bytes that are read', () => {
  it('may be of any view of memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    const { buffer, byteOffset, length } = bytes;
    for (const view of [new Uint8Array(bytes), new DataView(buffer, byteOffset, length) as never, shared]) {
      expect(deserialize(view)).to.deep.equal(DOCUMENT);
    }
    expect(deserialize(new Uint8Array(bytes).buffer as never)).to.deep.equal(DOCUMENT);
  });

  it('may be of memory that changes its size, or is given away, after it was read', () => {
    const { length } = bytes;
    const options = [length, { maxByteLength: 3 * length }];
    const memory = Reflect.construct(ArrayBuffer, options) as ArrayBuffer & { resize(size: number): void };
    for (const size of [length, 3 * length, 2 * length, length, 2 * length]) {
      memory.resize(size);
      for (let start = 0; start + length <= size; start += length) {
        const view = Buffer.from(memory, start, length);
        bytes.copy(view);
        assertReadsTheSame(view);
        expect(deserialize(view)).to.deep.equal(DOCUMENT);
      }
    }
    const view = Buffer.from(memory);
    structuredClone(memory, { transfer: [memory] });
    assertSame(
      outcome(() => deserialize(view)),
      outcome(() => bson.deserialize(view))
    );
  });

  it('are not read beyond their end, wherever they are cut off', () => {
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length);
      assertReadsTheSame(cut);
      for (const size of [length, bytes.length, -1, 2 ** 31 - 1]) {
        const withSize = Buffer.from(cut);
        if (length >= 4) withSize.writeInt32LE(size, 0);
        assertReadsTheSame(withSize);
      }
    }
  });

  it('may be a part of others, where the options say so', () => {
    const larger = Buffer.concat([Buffer.alloc(7, 0xff), bytes, Buffer.alloc(9, 0xff)]);
    const options = [
      { index: 7, allowObjectSmallerThanBufferSize: true },
      ...[
        { index: 7 },
        { index: 8 },
        { index: -1 },
        { index: 1.5 },
        { index: 1000 },
        { index: '7' as never }
      ],
      ...[7, 8, 6, 20].map(index => ({ index, allowObjectSmallerThanBufferSize: true }))
    ];
    for (const option of options) {
      assertSame(
        outcome(() => deserialize(larger, option)),
        outcome(() => bson.deserialize(larger, option))
      );
    }
  });

  it('can be read one document after the other, in place', () => {
    const message = Buffer.concat([bytes, bytes]);
    const reading = readingFor({ promoteLongs: false })!;
    expect(decode(new Memory(message), bytes.length, message.length, reading)).to.deep.equal(DOCUMENT);
    expect(decode(new Memory(message), 0, message.length, reading)).to.be.undefined;
  });

  it('stay what the binary values are made of', () => {
    const message = Buffer.from(bson.serialize({ content: new bson.Binary(Buffer.from('content')) }));
    const { content } = deserialize(message);
    expect(content.buffer.buffer).to.equal(message.buffer);
  });
});

describe('bytes that are written', () => {
  it('are never written again, whatever is written later', () => {
    const written = Array.from({ length: 400 }, (_, i) => ({ text: 't'.repeat((i * 997) % 20_000), i }));
    const kept = written.map(document => serialize(document));
    expect(() => serialize({ text: 't'.repeat(5000), wrong: { _bsontype: 'Other' } })).to.throw();
    serialize({ text: 't'.repeat(1e6) });
    written.forEach(document => serialize(document));
    kept.forEach((result, i) => expect(Buffer.compare(result, bson.serialize(written[i]!))).to.equal(0));
  });

  it('share no more memory than is fit for their size', () => {
    const sizes = [10, 5000, 200_000, 10, 5000];
    const shared = sizes.map(size => serialize({ text: 't'.repeat(size) }).buffer.byteLength);
    for (const [i, size] of sizes.entries())
      expect(shared[i]).to.be.within(size, size < 9000 ? 65_536 : size + 100);
  });

  it('follow what an output already has, and make it grow', () => {
    const out = new Output(16);
    out.int32(7);
    for (let i = 0; i < 100; i++) serializeInto(out, DOCUMENT);
    expect(out.position).to.equal(4 + 100 * bytes.length);
    expect(out.bytes.readInt32LE(0)).to.equal(7);
    for (let at = 4; at < out.position; at += bytes.length) {
      expect(Buffer.compare(out.bytes.subarray(at, at + bytes.length), bytes)).to.equal(0);
    }
  });

  it('are taken back from an output when there is an error', () => {
    const out = new Output(16);
    serializeInto(out, DOCUMENT);
    expect(() => serializeInto(out, { fine: 1, wrong: { _bsontype: 'Other' } })).to.throw(
      bson.BSONVersionError
    );
    expect(() => serializeInto(out, [] as never)).to.throw(bson.BSONError);
    expect(out.position).to.equal(bytes.length);
  });

  it('are written by bson into an output where the options are for bson', () => {
    const out = new Output(16);
    serializeInto(out, DOCUMENT, { checkKeys: true });
    expect(out.bytes.subarray(0, out.position)).to.deep.equal(bytes);
    expect(() => serializeInto(out, { $a: 1 }, { checkKeys: true })).to.throw(bson.BSONError);
  });

  it("are as many as fit into bson's buffer, or the same error as bson's", () => {
    const most = 17 << 20;
    for (const length of [most - 14, most - 13]) {
      assertWritesTheSame({ a: 'a'.repeat(length) });
      assertWritesTheSame({ a: new bson.Binary(Buffer.alloc(length)) });
    }
    // bson gives bytes that it has not written
    for (const length of [most - 12, most, 2 * most]) {
      for (const a of ['a'.repeat(length), new bson.Binary(Buffer.alloc(length))]) {
        assertSame(
          outcome(() => serialize({ a }).length),
          outcome(() => bson.serialize({ a }).length)
        );
      }
    }
  });
});
