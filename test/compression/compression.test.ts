import { expect } from 'chai';
import fc from 'fast-check';
import { BSON, MongoDecompressionError } from 'mongodb';
import { compressible, compressMessage, decompressFrame } from '../../lib/compression';
import { encodeMessage, parseReply } from '../../lib/wire';
import { failure } from '../support/bounds';
import { among } from '../support/spans';

const LIMIT = 48_000_000;
const HEADER = 16;

const compressed = (text: string): Promise<Buffer> =>
  compressMessage(encodeMessage(7, { insert: 'users', text }, {}), 'zlib');

describe('a compressed message', () => {
  it('is what it was, decompressed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 5000 }), async text => {
        const {
          memory,
          document: start,
          requestId
        } = parseReply(await decompressFrame(among(await compressed(text)), LIMIT));
        const document = memory.bytes.subarray(start);
        expect(requestId).to.equal(7);
        expect(BSON.deserialize(document)).to.deep.equal({ insert: 'users', text });
      }),
      { numRuns: 50 }
    );
  });

  it('is smaller, if it repeats itself', async () => {
    expect((await compressed('a'.repeat(10_000))).length).to.be.below(1000);
  });

  it('is not made of a command that carries credentials', () => {
    expect(compressible({ saslStart: 1, payload: 'secret' })).to.equal(false);
    expect(compressible({ insert: 'users' })).to.equal(true);
  });

  const lies: Record<string, (frame: Buffer) => Buffer> = {
    'a size over the limit': frame => (frame.writeInt32LE(LIMIT + 1, HEADER + 4), frame),
    'a negative size': frame => (frame.writeInt32LE(-1, HEADER + 4), frame),
    'a size that is too small': frame => (frame.writeInt32LE(20, HEADER + 4), frame),
    'an unknown compressor': frame => (frame.writeUInt8(99, HEADER + 8), frame),
    'no room for its details': frame => frame.subarray(0, HEADER + 5)
  };

  for (const [lie, tell] of Object.entries(lies)) {
    it(`is refused with ${lie}`, async () => {
      const error = await failure(decompressFrame(among(tell(await compressed('text'))), LIMIT));
      expect(error).to.be.instanceOf(MongoDecompressionError);
    });
  }
});
