import { createConnection, type OnReadOpts, type Socket } from 'node:net';
import { type MongoError, MongoErrorLabel, MongoNetworkError, MongoNetworkTimeoutError } from 'mongodb';
import type { SocketOptions } from './driver.js';
import { withLanding } from './landing.js';

const CONNECT_TIMEOUT = 30_000;

/** Whether a connection with these options is a plain one, without TLS or a proxy. */
export function isPlain({ tls, proxyHost, existingSocket, autoEncrypter }: SocketOptions): boolean {
  return !tls && proxyHost == null && !existingSocket && !autoEncrypter;
}

/**
 * Opens a plain socket as the driver does, but one whose bytes land where they belong.
 * Source: the driver's `makeSocket`.
 *
 * @throws MongoNetworkError or MongoNetworkTimeoutError, labelled as what the driver throws
 */
export async function openSocket(options: SocketOptions): Promise<Socket> {
  const socket = withLanding(onread => connect(options, onread));
  try {
    await connected(socket, options);
    return socket;
  } catch (error) {
    for (const label of [MongoErrorLabel.SystemOverloadedError, MongoErrorLabel.RetryableError])
      (error as MongoError).addErrorLabel(label);
    socket.destroy();
    throw error;
  } finally {
    socket.setTimeout(0);
  }
}

/** With those of the options that Node has, too. Those of the open socket the driver sets. */
function connect({ hostAddress, ...options }: SocketOptions, onread: OnReadOpts): Socket {
  const { autoSelectFamily, autoSelectFamilyAttemptTimeout, family, hints } = options;
  const { localAddress, localPort, lookup } = options;
  const { socketPath, host, port = 0 } = hostAddress;
  if (typeof socketPath === 'string') return createConnection({ path: socketPath, onread });
  return createConnection({
    host,
    port,
    ...(autoSelectFamily != null && { autoSelectFamily }),
    ...(autoSelectFamilyAttemptTimeout != null && { autoSelectFamilyAttemptTimeout }),
    family,
    hints,
    localAddress,
    localPort,
    lookup,
    onread
  });
}

function connected(socket: Socket, options: SocketOptions): Promise<void> {
  const { cancellationToken, connectTimeoutMS = CONNECT_TIMEOUT } = options;
  const began = performance.now();
  const after = (): number => (performance.now() - began) | 0;
  socket.setTimeout(connectTimeoutMS);
  return new Promise<void>((resolve, reject) => {
    const fail = (message: string, cause?: Error): void => reject(new MongoNetworkError(message, { cause }));
    const cancel = (): void => fail(`Socket connection establishment was cancelled after ${after()}`);
    const forget = (): void => void cancellationToken?.off('cancel', cancel);
    cancellationToken?.once('cancel', cancel);
    socket
      .once('connect', () => (forget(), resolve()))
      .once('error', cause => (forget(), fail(messageOf(cause), cause)))
      .once('close', () => (forget(), fail(`Socket closed after ${after()} during connection establishment`)))
      .once('timeout', () => {
        const message = `Socket 'connect' timed out after ${after()}ms (connectTimeoutMS: ${connectTimeoutMS})`;
        reject(new MongoNetworkTimeoutError(message));
      });
  });
}

/** What an error of Node's says, or all those that it is made of. */
function messageOf(error: Error): string {
  if (!(error instanceof AggregateError) || error.message.length > 0) return error.message;
  return error.errors.map(({ message }: Error) => message).join(', ');
}
