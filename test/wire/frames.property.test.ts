import { expect } from 'chai';
import fc from 'fast-check';
import { FrameReader } from '../../lib/frames';
import { Span } from '../../lib/span';
import { frame, OP_MSG, OP_REPLY } from '../support/simulator-wire';
import { among } from '../support/spans';

const OP_COMPRESSED = 2012;
const LIMIT = 48_000_000;

const anyFrame = fc
  .tuple(fc.constantFrom(OP_MSG, OP_REPLY, OP_COMPRESSED), fc.integer(), fc.uint8Array({ maxLength: 300 }))
  .map(([opCode, id, body]) => frame({ requestId: id, responseTo: id ^ 1, opCode }, body));

/** The frames that a reader delivers when it is given these pieces one after another. */
function read(pieces: Iterable<Buffer>, limit = LIMIT): Buffer[] {
  const frames: Buffer[] = [];
  const reader = new FrameReader(() => limit);
  for (const piece of pieces) reader.push(among(piece), ({ bytes }) => frames.push(Buffer.from(bytes)));
  return frames;
}

function split(bytes: Buffer, positions: readonly number[]): Buffer[] {
  const ends = [...new Set(positions), bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

/** The same, of bytes that arrive as on a socket that reads into given memory: so many at once, and what there is room for. */
function readInPlace(bytes: Buffer, sizes: Iterator<number>, most = 400): Buffer[] {
  const frames: Buffer[] = [];
  const deliver = ({ bytes }: Span): number => frames.push(bytes);
  const reader = new FrameReader(() => LIMIT);
  const shared = Buffer.alloc(most);
  for (let at = 0; at < bytes.length;) {
    const { room } = reader;
    const count = bytes.copy(room ?? shared, 0, at, at + (sizes.next().value as number));
    if (room) reader.filled(count, deliver);
    else reader.push(Span.of(shared.subarray(0, count)), deliver, true);
    shared.fill(0xff);
    at += count;
  }
  return frames;
}

describe('a reader of frames', () => {
  it('delivers the same frames however the bytes are split', () => {
    const splitFrames = fc
      .array(anyFrame, { minLength: 1, maxLength: 8 })
      .chain(frames =>
        fc.tuple(fc.constant(frames), fc.array(fc.nat(Buffer.concat(frames).length), { maxLength: 30 }))
      );
    fc.assert(
      fc.property(splitFrames, ([frames, positions]) => {
        expect(read(split(Buffer.concat(frames), positions))).to.deep.equal(frames);
      })
    );
  });

  it('delivers the same frames from memory that is lent, or that it says the bytes belong to', () => {
    const splitFrames = fc
      .array(anyFrame, { minLength: 1, maxLength: 8 })
      .chain(frames => fc.tuple(fc.constant(frames), fc.infiniteStream(fc.integer({ min: 1, max: 400 }))));
    fc.assert(
      fc.property(splitFrames, ([frames, sizes]) => {
        expect(readInPlace(Buffer.concat(frames), sizes)).to.deep.equal(frames);
      })
    );
  });

  it('keeps the frames of long and of short reads as they were, whatever comes later', () => {
    const anyBody = fc.integer({ min: 0, max: 12_000 }).map(size => Buffer.alloc(size, size % 251));
    const frames = fc
      .array(anyBody, { minLength: 1, maxLength: 20 })
      .map(bodies => bodies.map((body, id) => frame({ requestId: id, responseTo: 0, opCode: OP_MSG }, body)));
    const sizes = fc.infiniteStream(
      fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 40_000 }))
    );
    fc.assert(
      fc.property(frames, sizes, (frames, sizes) => {
        expect(readInPlace(Buffer.concat(frames), sizes, 40_000)).to.deep.equal(frames);
      }),
      { numRuns: 50 }
    );
  });

  it('delivers the same frames for each position of a split, and for single bytes', () => {
    const frames = [0, 1, 40].map(size =>
      frame({ requestId: size, responseTo: 7, opCode: OP_MSG }, Buffer.alloc(size, size))
    );
    const bytes = Buffer.concat(frames);
    for (let at = 0; at <= bytes.length; at++)
      expect(read(split(bytes, [at])), `${at}`).to.deep.equal(frames);
    const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    expect(read(single)).to.deep.equal(frames);
  });

  it('delivers thousands of frames that came in one chunk, in order', () => {
    const frames = Array.from({ length: 5000 }, (_, requestId) =>
      frame({ requestId, responseTo: 0, opCode: OP_MSG }, Buffer.alloc(requestId % 50))
    );
    expect(read([Buffer.concat(frames)]).map(bytes => bytes.readInt32LE(4))).to.deep.equal(
      frames.map((_, i) => i)
    );
  });

  it('delivers a frame with its last byte, without waiting for more', () => {
    const bytes = frame({ requestId: 1, responseTo: 0, opCode: OP_MSG }, Buffer.alloc(100));
    const reader = new FrameReader(() => LIMIT);
    let delivered = 0;
    reader.push(among(bytes.subarray(0, -1)), () => delivered++);
    expect(delivered).to.equal(0);
    reader.push(among(bytes.subarray(-1)), () => delivered++);
    expect(delivered).to.equal(1);
  });

  it('keeps no more memory than the bytes that have arrived, whatever a header announces', () => {
    const header = frame({ requestId: 1, responseTo: 0, opCode: OP_MSG, length: LIMIT }, Buffer.alloc(0));
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 200 }, () => new FrameReader(() => LIMIT));
    for (const reader of readers) reader.push(among(header), () => expect.fail('nothing is complete'));
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(10_000_000);
  });

  it('takes time linear in the bytes for a frame that drips in', () => {
    const bytes = frame({ requestId: 1, responseTo: 0, opCode: OP_MSG }, Buffer.alloc(500_000, 1));
    const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    const started = performance.now();
    expect(read(single)[0]?.equals(bytes)).to.equal(true);
    expect(performance.now() - started).to.be.below(3000);
  });

  const lies = {
    'less than a header': 15,
    none: 0,
    negative: -1,
    'over the limit': 1001,
    'of 2 GiB': 2 ** 31 - 1
  };
  for (const [lie, length] of Object.entries(lies)) {
    it(`refuses a length as soon as its four bytes are there, however they came: ${lie}`, () => {
      const header = frame({ requestId: 1, responseTo: 0, opCode: OP_MSG, length }, Buffer.alloc(0));
      for (const at of [1, 2, 3, 4]) {
        const pieces = split(header.subarray(0, 4), [at]);
        expect(() => read(pieces, 1000), `split at ${at}`).to.throw(/^Invalid message length/);
      }
    });
  }

  it('takes a frame of exactly the limit, and asks for the limit at each frame', () => {
    const bytes = frame({ requestId: 1, responseTo: 0, opCode: OP_MSG }, Buffer.alloc(84));
    let limit = 100;
    const reader = new FrameReader(() => limit);
    let delivered = 0;
    reader.push(among(bytes), () => delivered++);
    expect(delivered).to.equal(1);
    limit = 99;
    expect(() => reader.push(among(bytes), () => delivered++)).to.throw(/between 16 and 99/);
  });

  it('refuses an unknown operation code as soon as the header is there, and none that is known', () => {
    const known = new Set([OP_MSG, OP_REPLY, OP_COMPRESSED]);
    fc.assert(
      fc.property(fc.integer(), fc.nat(16), (opCode, at) => {
        fc.pre(!known.has(opCode));
        const header = frame({ requestId: 1, responseTo: 0, opCode, length: 1000 }, Buffer.alloc(0));
        expect(() => read(split(header, [at]))).to.throw(/^Invalid operation code/);
      })
    );
  });

  it('delivers what is whole before it refuses what follows', () => {
    const good = frame({ requestId: 1, responseTo: 0, opCode: OP_MSG }, Buffer.alloc(9));
    const bad = frame({ requestId: 2, responseTo: 0, opCode: 4711 }, Buffer.alloc(9));
    const frames: Buffer[] = [];
    const reader = new FrameReader(() => LIMIT);
    expect(() => reader.push(among(Buffer.concat([good, bad])), ({ bytes }) => frames.push(bytes))).to.throw(
      /4711/
    );
    expect(frames).to.deep.equal([good]);
  });
});
