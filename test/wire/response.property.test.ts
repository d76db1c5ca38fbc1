import { expect } from 'chai';
import fc from 'fast-check';
import { BSON, type Document, Long, Timestamp } from 'mongodb';
import {
  CursorResponse,
  MongoDBResponse,
  type Namespace,
  type Response,
  type ResponseType
} from '../../lib/driver';
import { namespaceIn, responseOf, restOf } from '../../lib/response';
import type { Span } from '../../lib/span';
import { assertSame } from '../bson-codec/same';
import { anyDocument } from '../support/arbitrary-documents';
import { among } from '../support/spans';

const OPTIONS: Document[] = [
  { validation: { utf8: true } },
  { validation: { utf8: false }, enableUtf8Validation: false },
  { validation: { utf8: true }, promoteValues: false },
  { validation: { utf8: true }, promoteLongs: false, promoteBuffers: true },
  { validation: { utf8: true }, useBigInt64: true },
  { validation: { utf8: true }, raw: true },
  { validation: { utf8: true }, fieldsAsRaw: { a: true } }
];

const USERS: Namespace = { db: 'shop', collection: 'users', toString: () => 'shop.users' };

const cursorOf = (batch: fc.Arbitrary<Document[]>) =>
  fc.record(
    {
      first: fc.boolean(),
      id: fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constant(0n)),
      batch,
      ns: fc.constantFrom('shop.users', 'shop.$cmd.listCollections')
    },
    { requiredKeys: ['first', 'id', 'batch'] }
  );

const replyOf = (batch: fc.Arbitrary<Document[]>): fc.Arbitrary<Document> =>
  fc
    .tuple(
      cursorOf(batch),
      fc.record(
        {
          ok: fc.constantFrom<unknown>(1, 0, 1.5, Long.ONE, true, false),
          $clusterTime: fc.constant({
            clusterTime: new Timestamp({ t: 7, i: 1 }),
            signature: { keyId: Long.ONE }
          }),
          operationTime: fc.constant(new Timestamp({ t: 7, i: 1 })),
          code: fc.integer(),
          codeName: fc.string(),
          n: fc.integer(),
          writeErrors: fc.constant([{ index: 0, code: 11000 }]),
          writeConcernError: fc.constant({ code: 64 })
        },
        { requiredKeys: [] }
      )
    )
    .map(([{ first, id, batch, ns }, { ok, ...others }]) => ({
      cursor: { [first ? 'firstBatch' : 'nextBatch']: batch, id, ...(ns && { ns }) },
      ...others,
      ...(ok !== undefined && { ok })
    }));

const anyReply = replyOf(fc.array(anyDocument, { maxLength: 4 }));
/** What is malformed in a document is the codec's concern. */
const replyOfNothing = replyOf(fc.array(fc.constant({}), { maxLength: 3 }));

/** What comes of it, errors included, in a form that can be compared. */
function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    const { constructor, message } = error as Error;
    return { error: constructor.name, message: message.replace(/offset: \d+/, 'offset') }; // ours is the frame's
  }
}

/** Everything that an operation may ask of a reply, in the order in which a cursor would. */
function read(make: () => Response & Partial<CursorResponse>, options: Document): unknown[] {
  let response!: ReturnType<typeof make>;
  const made = outcome(() => void (response = make()));
  if (!response) return [made];
  const ask = (name: string) => outcome(() => response.has(name));
  return [
    outcome(() => response.id?.toString()),
    outcome(() => response.length),
    ...Array.from({ length: 6 }, () => outcome(() => response.shift?.(options))),
    outcome(() => response.length),
    outcome(() => response.ns?.toString()),
    ...['ok', 'code', 'cursor', 'writeErrors', 'writeConcernError', 'n', 'missing'].map(ask),
    outcome(() => response.$clusterTime),
    outcome(() => response.operationTime),
    outcome(() => response.ok),
    outcome(() => response.toObject(options)),
    response instanceof CursorResponse
  ];
}

/** The driver's response of a document in a piece of memory. */
const responseIn = <T extends Response>(
  { memory, start }: Span,
  type: ResponseType<T>
): T & Partial<CursorResponse> => responseOf(memory, start, type);

/** Wherever in memory the bytes are, and whatever comes after them there. */
function isReadAsByTheDriver(bytes: Uint8Array, options: Document): void {
  for (const type of [CursorResponse, MongoDBResponse] as ResponseType[]) {
    const theirs = read(() => type.make(Buffer.from(bytes)) as Response & Partial<CursorResponse>, options);
    for (const span of [among(bytes, 21, 0), among(bytes, 21, 30)])
      assertSame({ value: read(() => responseIn(span, type), options) }, { value: theirs });
  }
  isOfTheSameCollection(bytes);
}

function isOfTheSameCollection(bytes: Uint8Array): void {
  const ours = outcome(() => String(namespaceIn(responseIn(among(bytes), CursorResponse), USERS)));
  const theirs = outcome(() => String(CursorResponse.make(Buffer.from(bytes)).ns ?? USERS));
  assertSame({ value: ours }, { value: theirs });
}

describe('a reply that is read on demand', () => {
  it('gives what the driver reads in it, whatever the options', () => {
    fc.assert(
      fc.property(anyReply, fc.constantFrom(...OPTIONS), (reply, options) =>
        isReadAsByTheDriver(BSON.serialize(reply), options)
      ),
      { numRuns: 400, endOnFailure: true }
    );
  });

  it('gives what the driver reads in it, or its error, whichever byte of it is another', () => {
    fc.assert(
      fc.property(replyOfNothing, fc.nat(), fc.nat(255), (reply, at, byte) => {
        const bytes = BSON.serialize(reply);
        bytes[4 + (at % (bytes.length - 4))] = byte; // its size has been checked before it is read
        isReadAsByTheDriver(bytes, OPTIONS[0]!);
      }),
      { numRuns: 500, endOnFailure: true }
    );
  });

  it('is of the collection that it names', () => {
    const said = [
      'shop.users',
      'shop,users',
      'shop.userz',
      'zhop.users',
      'sho.pusers',
      'shop.user',
      'shop.users.files',
      'shop',
      'sh\xf6p.users'
    ];
    for (const ns of said) {
      const bytes = BSON.serialize({ cursor: { id: 0n, firstBatch: [], ns }, ok: 1 });
      const found = namespaceIn(responseIn(among(bytes), CursorResponse), USERS);
      expect(String(found)).to.equal(String(CursorResponse.make(Buffer.from(bytes)).ns));
      expect(found === USERS).to.equal(ns === 'shop.users');
    }
  });

  it('gives the rest of its batch in one pass, wherever reading has come to', () => {
    const reply = fc.tuple(fc.array(anyDocument, { maxLength: 5 }), fc.nat(5), fc.constantFrom(...OPTIONS));
    fc.assert(
      fc.property(reply, ([batch, read, options]) => {
        const bytes = BSON.serialize({ cursor: { id: 0n, nextBatch: batch }, ok: 1 });
        const response = responseIn(among(bytes), CursorResponse);
        const theirs = CursorResponse.make(bytes);
        for (let i = 0; i < read; i++) expect(response.shift(options)).to.deep.equal(theirs.shift(options));
        const rest = restOf(response, options);
        if (options.raw || options.fieldsAsRaw || options.promoteValues === false) {
          expect(rest).to.equal(undefined);
          return;
        }
        for (const document of rest!) expect(document).to.deep.equal(theirs.shift(options));
        expect([theirs.shift(options), response.shift(options), response.length]).to.deep.equal([
          null,
          null,
          0
        ]);
      })
    );
  });
});
