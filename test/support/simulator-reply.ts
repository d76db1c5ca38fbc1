import type { Document } from 'mongodb';
import type { SimulatedConnection } from './simulator-connection';
import {
  frame,
  messageBody,
  OP_MSG,
  OP_QUERY,
  OP_REPLY,
  replyBody,
  type Header,
  type Request
} from './simulator-wire';

export interface FrameOptions extends Partial<Header> {
  flags?: number;
}

/** How long to wait between two parts of a reply: a turn of the event loop, or milliseconds. */
export type Pause = 'turn' | number;

export function pause(how: Pause): Promise<void> {
  return new Promise(resolve => (how === 'turn' ? setImmediate(resolve) : setTimeout(resolve, how)));
}

let lastRequestId = 0;

/** What a handler answers with: a healthy message by default, any bytes when asked. */
export class Reply {
  constructor(
    readonly connection: SimulatedConnection,
    readonly request: Request
  ) {}

  /** The bytes of an answer to this request, in the protocol in which it was asked. */
  frame(document: Document, { flags, ...header }: FrameOptions = {}): Buffer {
    const legacy = this.request.opCode === OP_QUERY;
    return frame(
      {
        requestId: ++lastRequestId,
        responseTo: this.request.requestId,
        opCode: legacy ? OP_REPLY : OP_MSG,
        ...header
      },
      legacy ? replyBody({ ok: 1, ...document }) : messageBody({ ok: 1, ...document }, flags)
    );
  }

  send(document: Document = {}, options: FrameOptions = {}): void {
    this.connection.write(this.frame(document, options));
  }

  async later(ms: number, document: Document = {}): Promise<void> {
    await pause(ms);
    this.send(document);
  }

  /** The answer to find and aggregate; to getMore when the batch is the next one. */
  cursor(documents: Document[], { id = 0n, batch = 'firstBatch' } = {}): Document {
    const { command, database, name } = this.request;
    const collection = name === 'getMore' ? command.collection : command[name];
    return { cursor: { id, ns: `${database}.${collection}`, [batch]: documents } };
  }

  fail(code: number, codeName: string, errmsg = codeName, rest: Document = {}): void {
    this.send({ ...rest, ok: 0, code, codeName, errmsg });
  }

  /** Writes the bytes in pieces that end at the given offsets, with a pause between two of them. */
  async split(bytes: Buffer, offsets: readonly number[], between: Pause = 'turn'): Promise<void> {
    let start = 0;
    for (const end of [...offsets, bytes.length]) {
      if (start > 0) await pause(between);
      this.connection.write(bytes.subarray(start, end));
      start = end;
    }
  }
}
