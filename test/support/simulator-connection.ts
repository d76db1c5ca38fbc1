import type { Socket } from 'node:net';
import { Reply } from './simulator-reply';
import { decodeRequest, type Request } from './simulator-wire';

export interface SeenCommand extends Request {
  readonly lsid: string | undefined;
}

/** The start of a message whose rest may still be on its way. */
export interface IncomingHeader {
  readonly length: number;
  readonly requestId: number;
}

/** What a connection asks of the simulator that accepted it. */
export interface ConnectionOwner {
  headerArrived(header: IncomingHeader, connection: SimulatedConnection): void;
  becameApplication(): void;
  cannedReply(message: Buffer): Buffer | undefined;
  answer(request: Request, reply: Reply, connection: SimulatedConnection): void;
}

const HELLO = new Set(['hello', 'ismaster', 'isMaster']);

/** One socket as the server sees it: whole messages in, any bytes out, and a ledger of what was asked. */
export class SimulatedConnection {
  readonly commands: SeenCommand[] = [];
  /** Requests answered from prepared bytes: counted, and not kept. */
  canned = 0;
  /** What the ledger takes it for: a monitor has only ever said hello, more than once. */
  kind: 'application' | 'monitor' | 'unknown' = 'unknown';
  closed = false;
  bytesRead = 0;
  private chunks: Buffer[] = [];
  private size = 0;
  private headerSeen = false;

  constructor(
    readonly id: number,
    readonly socket: Socket,
    private readonly owner: ConnectionOwner
  ) {
    socket.setNoDelay(true);
    socket.on('data', chunk => this.receive(chunk));
    // A reset by the client is an event of the test, not a failure of the simulator.
    socket.on('error', () => undefined);
    socket.on('close', () => (this.closed = true));
  }

  /** The commands of the application, without the handshake. */
  get requests(): SeenCommand[] {
    return this.commands.filter(command => !HELLO.has(command.name));
  }

  write(bytes: Uint8Array): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  /** Closes with a reset, as a crashed server or a firewall does. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Closes as a server that shuts down does. */
  end(): void {
    this.socket.end();
  }

  stopReading(): void {
    this.socket.pause();
  }

  readOn(): void {
    this.socket.resume();
  }

  private receive(chunk: Buffer): void {
    this.bytesRead += chunk.length;
    this.size += chunk.length;
    this.chunks.push(chunk);
    while (this.size >= 16 && this.next());
  }

  private next(): boolean {
    let head = this.chunks[0]!;
    if (head.length < 16) this.chunks = [(head = Buffer.concat(this.chunks))];
    const length = head.readInt32LE(0);
    if (!this.headerSeen) {
      this.headerSeen = true;
      this.owner.headerArrived({ length, requestId: head.readInt32LE(4) }, this);
    }
    if (this.size < length) return false;
    const bytes = this.chunks.length === 1 ? head : Buffer.concat(this.chunks);
    this.chunks = bytes.length > length ? [bytes.subarray(length)] : [];
    this.size -= length;
    this.headerSeen = false;
    this.dispatch(bytes.subarray(0, length));
    return this.size > 0;
  }

  private dispatch(message: Buffer): void {
    const canned = this.owner.cannedReply(message);
    if (canned) {
      this.canned++;
      this.classify(true);
      return this.write(canned);
    }
    const request = decodeRequest(message);
    const lsid: string | undefined = request.command.lsid?.id?.toString('hex');
    this.commands.push({ ...request, lsid });
    this.classify(!HELLO.has(request.name) || request.command.speculativeAuthenticate != null);
    this.owner.answer(request, new Reply(this, request), this);
  }

  /** Application connections say more than hello, or come tagged (see `Simulator.taggedUri`). */
  private classify(application: boolean): void {
    if (this.kind === 'application') return;
    if (application) {
      this.kind = 'application';
      this.owner.becameApplication();
    } else if (this.commands.length > 1) {
      this.kind = 'monitor';
    }
  }
}
