import type { Document } from 'mongodb';
import type { SimulatedConnection } from './simulator-connection';
import type { Reply } from './simulator-reply';
import { frame, messageBody, OP_MSG, peekName } from './simulator-wire';

/**
 * A handler that returns a document answers with it; one that returns nothing answers by `reply` whenever it likes, or
 * never.
 */
export type Handler = (
  command: Document,
  reply: Reply,
  connection: SimulatedConnection
) => Document | undefined | void | Promise<void>;

/** Hangs up in the place of an answer. */
export const reset: Handler = (_command, _reply, connection) => connection.reset();

const OK: Handler = () => ({});

/** What is answered to which command: a healthy server's answers, until a test says otherwise. */
export class Script {
  private readonly handlers = new Map<string, Handler>([
    ['ping', OK],
    ['endSessions', OK],
    ['killCursors', OK],
    ['insert', command => ({ n: command.documents.length })],
    ['update', command => ({ n: command.updates.length, nModified: command.updates.length })],
    ['delete', command => ({ n: command.deletes.length })],
    ['find', (_command, reply) => reply.cursor([])],
    ['aggregate', (_command, reply) => reply.cursor([])],
    ['getMore', (_command, reply) => reply.cursor([], { batch: 'nextBatch' })]
  ]);
  private readonly next = new Map<string, Handler[]>();
  private readonly prepared = new Map<string, Buffer>();

  on(name: string, handler: Handler): void {
    this.handlers.set(name, handler);
  }

  once(name: string, handler: Handler): void {
    this.next.set(name, [...(this.next.get(name) ?? []), handler]);
  }

  off(name: string): void {
    this.handlers.delete(name);
  }

  can(name: string, document: Document): void {
    const header = { requestId: 1, responseTo: 0, opCode: OP_MSG };
    this.prepared.set(name, frame(header, messageBody({ ok: 1, ...document })));
  }

  has(name: string): boolean {
    return this.handlers.has(name) || (this.next.get(name)?.length ?? 0) > 0;
  }

  take(name: string): Handler | undefined {
    return this.next.get(name)?.shift() ?? this.handlers.get(name);
  }

  canned(message: Buffer): Buffer | undefined {
    const prepared = this.prepared.size > 0 ? this.prepared.get(peekName(message) ?? '') : undefined;
    if (!prepared) return undefined;
    const reply = Buffer.from(prepared);
    reply.writeInt32LE(message.readInt32LE(4), 8);
    return reply;
  }
}
