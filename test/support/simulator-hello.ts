import { Long, ObjectId, type Document } from 'mongodb';
import type { SimulatedConnection } from './simulator-connection';
import type { Reply } from './simulator-reply';
import { EXHAUST_ALLOWED, MORE_TO_COME } from './simulator-wire';

export interface ServerShape {
  /** The name of a one-node replica set; a standalone when left out. */
  replicaSet?: string;
  minWireVersion?: number;
  maxWireVersion?: number;
  /** Announce a topologyVersion, upon which clients stream their hellos. */
  streaming?: boolean;
  /** Fields of hello to add or to overwrite. */
  hello?: Document;
}

interface Awaiting {
  reply: Reply;
  connection: SimulatedConnection;
  previousRequestId: number;
  timer: NodeJS.Timeout | undefined;
}

/** Answers hello as a healthy server, awaitable and streaming ones too. */
export class HelloResponder {
  private readonly processId = new ObjectId();
  private readonly electionId = new ObjectId();
  private readonly awaiting = new Set<Awaiting>();
  private counter = 0;
  private requestId = 1_000_000;

  constructor(
    private readonly address: () => string,
    readonly shape: ServerShape
  ) {}

  answer(reply: Reply, connection: SimulatedConnection): void {
    const { command, flags, requestId } = reply.request;
    if (command.topologyVersion == null) return reply.send(this.document(connection, command));
    const awaiting: Awaiting = { reply, connection, previousRequestId: requestId, timer: undefined };
    const known = Number(command.topologyVersion.counter) === this.counter;
    if ((flags & EXHAUST_ALLOWED) === 0) return reply.send(this.document(connection, command));
    this.awaiting.add(awaiting);
    if (!known) this.stream(awaiting);
    this.wait(awaiting);
  }

  /** Changes what hello says, and tells every client that awaits news. */
  announce(change: Document = {}): void {
    this.counter++;
    this.shape.hello = { ...this.shape.hello, ...change };
    for (const awaiting of this.awaiting) this.stream(awaiting);
  }

  /** The bytes of `count` streamed answers, each with news, for each client that awaits some. */
  burst(count: number, write: (connection: SimulatedConnection, bytes: Buffer) => void): void {
    const first = this.counter;
    for (const awaiting of this.awaiting) {
      const frames: Buffer[] = [];
      for (let i = 1; i <= count; i++) {
        this.counter = first + i;
        frames.push(this.streamed(awaiting));
      }
      write(awaiting.connection, Buffer.concat(frames));
    }
  }

  stop(): void {
    for (const awaiting of this.awaiting) clearTimeout(awaiting.timer);
    this.awaiting.clear();
  }

  document(connection: SimulatedConnection, command: Document): Document {
    const { streaming, minWireVersion = 0, maxWireVersion = 25 } = this.shape;
    return {
      helloOk: true,
      [command.hello ? 'isWritablePrimary' : 'ismaster']: true,
      ...(streaming && {
        topologyVersion: { processId: this.processId, counter: Long.fromNumber(this.counter) }
      }),
      ...this.membership(),
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      connectionId: connection.id,
      minWireVersion,
      maxWireVersion,
      readOnly: false,
      ...(command.speculativeAuthenticate?.authenticate && { speculativeAuthenticate: { ok: 1 } }),
      ...this.shape.hello
    };
  }

  private membership(): Document {
    const { replicaSet: setName } = this.shape;
    if (!setName) return {};
    const me = this.address();
    return {
      setName,
      setVersion: 1,
      electionId: this.electionId,
      hosts: [me],
      primary: me,
      me,
      secondary: false
    };
  }

  private wait(awaiting: Awaiting): void {
    clearTimeout(awaiting.timer);
    awaiting.timer = setTimeout(() => {
      this.stream(awaiting);
      this.wait(awaiting);
    }, Number(awaiting.reply.request.command.maxAwaitTimeMS));
    awaiting.timer.unref();
  }

  private stream(awaiting: Awaiting): void {
    if (awaiting.connection.closed) {
      clearTimeout(awaiting.timer);
      this.awaiting.delete(awaiting);
      return;
    }
    awaiting.connection.write(this.streamed(awaiting));
  }

  /** As mongod does: each streamed reply answers the one before it, not the request. */
  private streamed(awaiting: Awaiting): Buffer {
    const responseTo = awaiting.previousRequestId;
    const requestId = (awaiting.previousRequestId = ++this.requestId);
    const document = this.document(awaiting.connection, awaiting.reply.request.command);
    return awaiting.reply.frame(document, { flags: MORE_TO_COME, responseTo, requestId });
  }
}
