import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Coroutine, type SyncStyle } from '../../lib';
import { EventLoopSocket } from '../../lib/socket';
import type { Span } from '../../lib/span';
import { within } from './bounds';
import { frame, messageBody, OP_MSG } from './simulator-wire';

/** Both ends of a loopback connection, and the socket under test on the near one. */
export interface SocketPair {
  near: Socket;
  far: Socket;
  socket: EventLoopSocket;
  /** What the socket's owner was told. */
  errors: Error[];
}

/** Call it inside `describe`: there is a new pair for each test. */
export function useSocketPair(): SocketPair {
  const pair = {} as SocketPair;
  beforeEach(async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    pair.near = connect((server.address() as AddressInfo).port, '127.0.0.1');
    [pair.far] = await accepted;
    server.close();
    pair.errors = [];
    pair.socket = new EventLoopSocket(
      pair.near,
      () => 48_000_000,
      error => {
        pair.errors.push(error);
        pair.socket.close(error);
      }
    );
  });
  afterEach(() => {
    pair.near.destroy();
    pair.far.destroy();
  });
  return pair;
}

/** Runs sync-style code, as `asynchronize` would. */
export const run = <T>(code: SyncStyle<T>): Promise<T> =>
  within(
    2000,
    'the end of the code',
    new Promise((resolve, reject) => new Coroutine(code, { resolve, reject }).start())
  );

export function reply(responseTo: number, tag: number, flags = 0): Buffer {
  return frame({ requestId: tag, responseTo, opCode: OP_MSG }, messageBody({ tag }, flags));
}

export const request = (requestId: number): Buffer =>
  frame({ requestId, responseTo: 0, opCode: OP_MSG }, messageBody({ ping: 1 }));

/** The tag of a reply that was made above. */
export const tagOf = (frame: Span): number => frame.int32(4);

/** The tag of the reply to a request. */
export function* exchanged(socket: EventLoopSocket, requestId: number): SyncStyle<number> {
  return tagOf(yield* socket.exchange(request(requestId), requestId));
}
