import { expect } from 'chai';
import { FreezableClient } from '../support/freezable';
import type { Reply } from '../support/simulator-reply';
import { frame, OP_MSG } from '../support/simulator-wire';
import { useStage } from '../support/stage';

type Forge = (healthy: Buffer) => Buffer;

/** A healthy reply is a header of 16 bytes, flags of 4, a section's kind at 20 and its document's size at 21. */
const documentSize =
  (size: number): Forge =>
  healthy => {
    healthy.writeInt32LE(size, 21);
    return healthy;
  };

const messageLength =
  (length: number): Forge =>
  healthy => {
    healthy.writeInt32LE(length, 0);
    return healthy;
  };

function body(...parts: Uint8Array[]): Forge {
  return healthy => {
    const header = { requestId: 1, responseTo: healthy.readInt32LE(8), opCode: OP_MSG };
    return frame(header, Buffer.concat([Buffer.alloc(4), ...parts]));
  };
}

const EMPTY_DOCUMENT = Uint8Array.of(5, 0, 0, 0, 0);

const lies: Record<string, Forge> = {
  'a document of size 0': documentSize(0),
  'a document of size -1': documentSize(-1),
  'a document of size -5': documentSize(-5),
  'a document of size 4, smaller than any': documentSize(4),
  'a document that ends beyond its message': documentSize(1_000_000),
  'a document of 2 GiB': documentSize(2 ** 31 - 1),
  'a document that ends before its message': documentSize(30),
  'a section of an unknown kind': body(Uint8Array.of(2), EMPTY_DOCUMENT),
  'a section of an unknown kind after the document': body(
    Uint8Array.of(0),
    EMPTY_DOCUMENT,
    Uint8Array.of(2, 9, 9)
  ),
  'a document cut short in its size': body(Uint8Array.of(0, 5, 0)),
  'no section at all': body(),
  'two documents': body(Uint8Array.of(0), EMPTY_DOCUMENT, Uint8Array.of(0), EMPTY_DOCUMENT),
  'a document sequence of size -1': body(
    Uint8Array.of(0),
    EMPTY_DOCUMENT,
    Uint8Array.of(1, 255, 255, 255, 255)
  ),
  'a message of length 0': messageLength(0),
  'a message of length 15': messageLength(15),
  'a message of length 16, without flags': messageLength(16),
  'a message of length -1': messageLength(-1),
  'a message of 100 MB': messageLength(100_000_000),
  'a message of 2 GiB': messageLength(2 ** 31 - 1),
  'an unknown opcode': healthy => {
    healthy.writeInt32LE(4711, 12);
    return healthy;
  }
};

describe('a reply that lies about its lengths', () => {
  const stage = useStage();
  const client = new FreezableClient();
  before(() => client.start());
  after(() => client.kill());

  for (const [lie, forge] of Object.entries(lies)) {
    it(`is a parse error in bounded time and memory: ${lie}`, async () => {
      const simulator = await stage.simulator();
      const answer = (reply: Reply): Buffer => forge(reply.frame(reply.cursor([{ a: 1 }])));
      simulator.on('find', (_command, reply, connection) => connection.write(answer(reply)));
      const [attempt] = await client.findOne(simulator.uri({ retryReads: false }));
      expect(attempt?.name).to.equal('MongoParseError');
      expect(attempt?.ms).to.be.below(2000);
      expect(attempt?.grown).to.be.below(50_000_000);
    });
  }
});
