import { expect } from 'chai';
import type { ChangeStream, ClientSession, FindCursor } from '../../lib';
import { MongoClient } from '../../lib';
import { settle } from '../support/bounds';
import { activeSessions } from '../support/inside';
import { sharedServer } from '../support/server';
import { styles } from '../support/styles';

describe('what await using holds', () => {
  let uri: string;
  before(async function () {
    this.timeout(60_000);
    ({ uri } = await sharedServer());
  });

  it('is closed at the end of the block, the last first', async () => {
    const held: { cursor?: FindCursor; stream?: ChangeStream; session?: ClientSession } = {};
    const closed: string[] = [];
    {
      await using client = new MongoClient(uri);
      client.once('topologyClosed', () => closed.push('client'));
      await using session = client.startSession();
      session.once('ended', () => closed.push('session'));
      const users = client.db('motor_dispose').collection('users');
      await using stream = users.watch();
      stream.once('close', () => closed.push('stream'));
      await using cursor = users.find({}, { session });
      cursor.once('close', () => closed.push('cursor'));
      await stream.tryNext();
      await cursor.hasNext();
      Object.assign(held, { cursor, stream, session });
    }
    expect(closed).to.deep.equal(['cursor', 'stream', 'session', 'client']);
    expect([held.cursor?.closed, held.stream?.closed, held.session?.hasEnded]).to.deep.equal([
      true,
      true,
      true
    ]);
  });

  it('is closed when the block is left by an error, which is raised', async () => {
    const clients: MongoClient[] = [];
    const leave = async (): Promise<void> => {
      await using client = new MongoClient(uri);
      clients.push(await client.connect());
      await using session = client.startSession();
      session.startTransaction();
      throw new RangeError('out');
    };
    expect((await settle(leave())).error).to.be.instanceOf(RangeError);
    expect(activeSessions(clients[0]!)).to.equal(0);
  });

  for (const [style, call] of Object.entries(styles)) {
    it(`can be disposed of by hand, in ${style} style`, async () => {
      const client = await new MongoClient(uri).connect();
      let closed = false;
      client.once('topologyClosed', () => (closed = true));
      await call({ dispose: client[Symbol.asyncDispose].bind(client) }, 'dispose');
      expect(closed).to.equal(true);
    });
  }
});
