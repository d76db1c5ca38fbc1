import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { expect } from 'chai';
import { MongoNetworkError, MongoNetworkTimeoutError } from 'mongodb';
import { Inbox } from '../../lib/inbox';
import { openSocket } from '../../lib/open-socket';
import { until } from '../support/bounds';
import { frame, OP_MSG } from '../support/simulator-wire';

const LIMIT = 48_000_000;

describe('a plain socket that is opened', () => {
  let server: Server;
  let port: number;
  let peers: Socket[];

  beforeEach(async () => {
    peers = [];
    server = createServer(peer => peers.push(peer)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  afterEach(() => {
    for (const peer of peers) peer.destroy();
    server.close();
  });

  it('reads frames of any length, in the order in which they arrive', async () => {
    const socket = await openSocket({ hostAddress: { host: '127.0.0.1', port } });
    const frames = [0, 100, 70_000, 5_000_000, 1].map(size =>
      frame({ requestId: size, responseTo: 0, opCode: OP_MSG }, Buffer.alloc(size, size))
    );
    const arrived: Buffer[] = [];
    await until('it is accepted', () => peers.length === 1);
    await new Promise<void>((resolve, reject) => {
      const inbox: Inbox = new Inbox(socket, () => LIMIT, {
        onData: () => {},
        onFrame: () =>
          setImmediate(
            () => arrived.push(...inbox.take().map(({ bytes }) => bytes)) === frames.length && resolve()
          ),
        onError: reject
      });
      peers[0]!.write(Buffer.concat(frames));
    });
    socket.destroy();
    expect(arrived.map(({ length }) => length)).to.deep.equal(frames.map(({ length }) => length));
    expect(Buffer.concat(arrived).equals(Buffer.concat(frames))).to.equal(true);
  });

  const failure = (options: Parameters<typeof openSocket>[0]) =>
    openSocket(options).then(
      () => expect.fail('it was opened'),
      (error: MongoNetworkError) => error
    );

  it('fails with a network error that may be tried again, when nobody listens', async () => {
    server.close();
    await once(server, 'close');
    const error = await failure({ hostAddress: { host: '127.0.0.1', port } });
    expect(error).to.be.instanceOf(MongoNetworkError);
    expect(error.message).to.equal(`connect ECONNREFUSED 127.0.0.1:${port}`);
    expect((error.cause as NodeJS.ErrnoException).code).to.equal('ECONNREFUSED');
    expect(error.errorLabels).to.include.members(['SystemOverloadedError', 'RetryableError']);
  });

  it('fails in time, when a name is not looked up', async () => {
    const error = await failure({
      hostAddress: { host: 'nowhere.invalid', port },
      connectTimeoutMS: 20,
      lookup: () => {}
    });
    expect(error).to.be.instanceOf(MongoNetworkTimeoutError);
    expect(error.message).to.match(/^Socket 'connect' timed out after \d+ms \(connectTimeoutMS: 20\)$/);
  });

  it('is given up when the pool is closed, and leaves no listener with it', async () => {
    const cancellationToken = new EventEmitter();
    const options = { hostAddress: { host: 'nowhere.invalid', port }, lookup: () => {}, cancellationToken };
    const failed = failure(options);
    cancellationToken.emit('cancel');
    expect((await failed).message).to.match(/^Socket connection establishment was cancelled after \d+$/);
    expect(cancellationToken.listenerCount('cancel')).to.equal(0);
  });
});
