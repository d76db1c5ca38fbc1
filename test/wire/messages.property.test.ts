import { expect } from 'chai';
import fc from 'fast-check';
import { BSON, type Document, MongoParseError } from 'mongodb';
import { DocumentSequence } from '../../lib/driver';
import { Span } from '../../lib/span';
import { encodeMessage, parseReply, type Reply } from '../../lib/wire';
import { anyDocument } from '../support/arbitrary-documents';
import { decodeRequest, frame, messageBody, OP_MSG, OP_REPLY, replyBody } from '../support/simulator-wire';
import { among } from '../support/spans';

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;

const header = { requestId: 5, responseTo: 3, opCode: OP_MSG };
const message = (body: Uint8Array): Buffer => frame(header, body);
const sequence = (field: string, documents: Document[]): unknown =>
  Reflect.construct(DocumentSequence, [field, documents]);

describe('a message', () => {
  it('comes back as the document it was made of, for any document', () => {
    fc.assert(
      fc.property(anyDocument, fc.integer(), (document, requestId) => {
        const reply = parseReply(among(encodeMessage(requestId, document, {})));
        const bytes = documentOf(reply);
        expect(reply.requestId).to.equal(requestId);
        expect(reply.moreToCome).to.equal(false);
        expect(BSON.deserialize(bytes)).to.deep.equal(BSON.deserialize(BSON.serialize(document)));
        expect(bytes.equals(BSON.serialize(document))).to.equal(true);
      })
    );
  });

  it('is read from OP_REPLY too, as it answers a first hello', () => {
    fc.assert(
      fc.property(anyDocument, document => {
        const reply = parseReply(among(frame({ ...header, opCode: OP_REPLY }, replyBody(document))));
        expect(documentOf(reply).equals(BSON.serialize(document))).to.equal(true);
        expect(reply.moreToCome).to.equal(false);
      })
    );
  });

  it('says what it is: its length, its id, that it is no reply, and its flags', () => {
    const options = [
      {},
      { moreToCome: true },
      { exhaustAllowed: true },
      { moreToCome: true, exhaustAllowed: true }
    ];
    const flags = options.map(option => {
      const bytes = encodeMessage(77, { ping: 1 }, option);
      expect([
        bytes.readInt32LE(0),
        bytes.readInt32LE(4),
        bytes.readInt32LE(8),
        bytes.readInt32LE(12)
      ]).to.deep.equal([bytes.length, 77, 0, OP_MSG]);
      return bytes.readUInt32LE(16);
    });
    expect(flags).to.deep.equal([0, MORE_TO_COME, EXHAUST_ALLOWED, MORE_TO_COME | EXHAUST_ALLOWED]);
  });

  const batches = {
    insert: ['documents'],
    update: ['updates'],
    delete: ['deletes'],
    bulkWrite: ['ops', 'nsInfo']
  };
  for (const [command, fields] of Object.entries(batches)) {
    it(`has the documents of ${command} in sections of their own, for any documents`, () => {
      fc.assert(
        fc.property(fc.array(anyDocument, { minLength: 1, maxLength: 5 }), documents => {
          const batch = fields.map(field => [field, sequence(field, documents)] as const);
          const bytes = encodeMessage(
            1,
            { [command]: 'users', ...Object.fromEntries(batch), $db: 'shop' },
            {}
          );
          const first = parseReplyPart(bytes);
          expect(Object.keys(first)).to.deep.equal([command, '$db']);
          const plain = documents.map(document => BSON.deserialize(BSON.serialize(document)));
          const expected = fields.map(field => [field, plain] as const);
          const decoded = decodeRequest(bytes).command;
          expect(decoded).to.deep.equal({ [command]: 'users', $db: 'shop', ...Object.fromEntries(expected) });
        }),
        { numRuns: 40 }
      );
    });
  }
});

const documentOf = ({ memory: { bytes }, document }: Reply): Buffer =>
  bytes.subarray(document, document + bytes.readInt32LE(document));

/** The document of a message's first section. */
function parseReplyPart(bytes: Buffer): Document {
  return BSON.deserialize(bytes.subarray(21, 21 + bytes.readInt32LE(21)));
}

describe('a reply', () => {
  const body = (flags: number): Buffer => messageBody({ ok: 1 }, flags);

  it('may have a checksum after its document, and must when it says so', () => {
    const checked = message(Buffer.concat([body(CHECKSUM_PRESENT), Buffer.alloc(4, 0xab)]));
    expect(BSON.deserialize(documentOf(parseReply(among(checked))))).to.deep.equal({ ok: 1 });
    expect(() => parseReply(among(message(body(CHECKSUM_PRESENT))))).to.throw(
      MongoParseError,
      /document size/
    );
    expect(() => parseReply(among(message(Buffer.concat([body(0), Buffer.alloc(4)]))))).to.throw(
      MongoParseError,
      /4 bytes after/
    );
  });

  it('says whether another follows', () => {
    expect(parseReply(among(message(body(MORE_TO_COME)))).moreToCome).to.equal(true);
    expect(parseReply(among(message(body(EXHAUST_ALLOWED)))).moreToCome).to.equal(false);
  });

  it('is refused for each required flag that is unknown, and for none that is optional', () => {
    for (let bit = 2; bit < 32; bit++) {
      const reply = message(body(2 ** bit));
      if (bit < 16)
        expect(() => parseReply(among(reply)), `bit ${bit}`).to.throw(MongoParseError, /required flags/);
      else expect(parseReply(among(reply)).moreToCome, `bit ${bit}`).to.equal(false);
    }
  });

  it('is refused when its section is of any kind but 0', () => {
    for (let kind = 1; kind < 256; kind++) {
      const bytes = message(body(0));
      bytes[20] = kind;
      expect(() => parseReply(among(bytes)), `kind ${kind}`).to.throw(MongoParseError, `kind ${kind}`);
    }
  });

  it('is refused for any bytes after its document', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), trailing => {
        const bytes = message(Buffer.concat([body(0), trailing]));
        expect(() => parseReply(among(bytes))).to.throw(MongoParseError, `${trailing.length} bytes after`);
      })
    );
  });

  it('is a document within its bytes or a parse error, whatever the bytes are', () => {
    const anyBytes = fc.tuple(
      fc.constantFrom(OP_MSG, OP_REPLY),
      fc.uint8Array({ maxLength: 80, size: 'max' })
    );
    fc.assert(
      fc.property(anyBytes, ([opCode, bytes]) => holds(frame({ ...header, opCode }, bytes))),
      { numRuns: 500 }
    );
  });

  it('is a document within its bytes or a parse error, whichever byte of it is another', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), fc.nat(255), (document, at, byte) => {
        const bytes = message(messageBody(document));
        bytes[16 + (at % (bytes.length - 16))] = byte;
        holds(bytes);
      }),
      { numRuns: 500 }
    );
  });
});

/** Wherever in memory the bytes are, and whatever comes after them there. */
function holds(bytes: Buffer): void {
  for (const frame of [Span.of(bytes), among(bytes), among(bytes, 0, 1)]) holdsAt(frame);
}

function holdsAt(frame: Span): void {
  let reply;
  try {
    reply = parseReply(frame);
  } catch (error) {
    expect(error).to.be.instanceOf(MongoParseError);
    return;
  }
  const { bytes } = frame.memory;
  expect(reply.memory).to.equal(frame.memory);
  expect(reply.document).to.be.at.least(frame.start + 20);
  expect(reply.document + bytes.readInt32LE(reply.document)).to.be.at.most(frame.end);
}
