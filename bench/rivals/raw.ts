// The floor: the same bytes over as many sockets, without a driver and without BSON.
import assert from 'node:assert/strict';
import { BSON } from 'mongodb';
import { databaseName } from '../documents.js';
import type { Slice } from '../slice.js';
import { decode, encode, RawMessage } from './rawMessage.js';
import { RawSocket, type Address } from './rawSocket.js';
import type { Rival, Task } from './rival.js';

interface Line {
  socket: RawSocket;
  message: RawMessage;
}

export class RawRival implements Rival {
  #collection = '';
  #lines: Line[] = [];
  #idle: Line[] = [];
  #replySize = 0;
  #result: unknown;

  async connect(task: Task): Promise<void> {
    this.#collection = task.collection;
    while (this.#lines.length < task.callers) this.#lines.push(await this.#line(task));
    this.#idle = [...this.#lines];
  }

  async run(slice: Slice): Promise<void> {
    const line = this.#idle.pop();
    assert(line, 'more callers than sockets');
    await new Promise<void>((resolve, reject) => this.#loop(line, slice, resolve, reject));
    this.#idle.push(line);
  }

  async count(): Promise<number> {
    const { socket } = this.#lines[0]!;
    const reply = decode(await socket.keep(encode({ count: this.#collection, $db: databaseName })));
    return reply['n'];
  }

  async close(): Promise<void> {
    for (const { socket } of this.#lines) socket.close();
    this.#lines = [];
    this.#idle = [];
  }

  #loop({ socket, message }: Line, slice: Slice, resolve: () => void, reject: (error: Error) => void): void {
    let now = performance.now();
    const next = () => (slice.isOpen(now) ? socket.exchange(message.next(), ended) : resolve());
    const ended = (error: Error | null, size: number) => {
      if (error) return reject(error);
      if (size !== this.#replySize)
        return reject(new Error(`a reply of ${size} bytes, not ${this.#replySize}`));
      now = slice.record(now, this.#result);
      next();
    };
    next();
  }

  /** A new socket, and a first call on it: its reply is decoded, those that follow need only be as long. */
  async #line({ uri, scenario, collection }: Task): Promise<Line> {
    const socket = await RawSocket.connect(addressOf(uri));
    const { $clusterTime } = decode(await socket.keep(encode({ ping: 1, $db: 'admin' })));
    const command = scenario.wire!.command(collection, BSON.ObjectId);
    const message = new RawMessage(command, $clusterTime);
    const reply = await socket.keep(message.next());
    this.#replySize = reply.length;
    this.#result = scenario.wire!.resultOf(decode(reply), command);
    scenario.verify(this.#result);
    return { socket, message };
  }
}

/** The first host of a connection string, if a bare socket is all that it takes to talk to it. */
function addressOf(uri: string): Address {
  const address = /^mongodb:\/\/(\[[^\]]+\]|[^:,/@?]+)(?::(\d+))?(?:[,/?]|$)/.exec(uri);
  if (!address || /[?&](tls|ssl)=true/i.test(uri))
    throw new Error('the raw rival speaks neither TLS, SRV nor authentication: leave it out with --rivals');
  return { host: address[1]!.replace(/^\[|\]$/g, ''), port: Number(address[2] ?? 27017) };
}
