import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Document } from 'mongodb';
import { SimulatedConnection, type ConnectionOwner, type IncomingHeader } from './simulator-connection';
import { HelloResponder, type ServerShape } from './simulator-hello';
import { Ledger } from './simulator-ledger';
import type { Reply } from './simulator-reply';
import { Script, type Handler } from './simulator-script';
import { MORE_TO_COME, type Request } from './simulator-wire';

export type { Handler } from './simulator-script';

type UriOptions = Record<string, string | number | boolean>;

/** A monitor may look again soon after a failure, so that no test waits half a second for it. */
const BRISK: UriOptions = { minHeartbeatFrequencyMS: 20 };

/**
 * An in-process server that speaks MongoDB's wire protocol on a loopback port. Left alone it is a healthy standalone
 * or one-node replica set; a test scripts everything else, down to single bytes:
 *
 *     const simulator = await Simulator.start();
 *     simulator.on('find', (command, reply) => reply.cursor([{ _id: command.filter._id }]));
 *     simulator.once('find', (_command, _reply, connection) => connection.reset());
 *     const client = new MongoClient(simulator.uri());
 *
 * `handshake` is the name of the first hello of each connection.
 */
export class Simulator extends Ledger implements ConnectionOwner {
  /** Called for each socket before anything is read from it. */
  onAccept: (connection: SimulatedConnection) => void = () => undefined;
  /** Called when 16 bytes of a message are there, and perhaps not yet the rest. */
  onHeader: (header: IncomingHeader, connection: SimulatedConnection) => void = () => undefined;
  readonly hello: HelloResponder;
  private readonly script = new Script();
  private readonly server: Server = createServer(socket => this.accept(socket));

  private constructor(shape: ServerShape) {
    super();
    this.hello = new HelloResponder(() => this.address, shape);
  }

  static async start(shape: ServerShape = {}): Promise<Simulator> {
    const simulator = new Simulator({ ...shape });
    simulator.server.listen(0, '127.0.0.1');
    await once(simulator.server, 'listening');
    return simulator;
  }

  /** Resets every connection and stops. */
  async close(): Promise<void> {
    this.hello.stop();
    for (const connection of this.connections) connection.reset();
    if (!this.server.listening) return;
    this.server.close();
    await once(this.server, 'close');
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  uri(options: UriOptions = {}): string {
    const { replicaSet } = this.hello.shape;
    const seed: UriOptions = replicaSet ? { replicaSet } : { directConnection: true };
    const all = Object.entries({ ...seed, ...BRISK, ...options });
    const query = all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `mongodb://${this.address}/?${query.join('&')}`;
  }

  /**
   * A URI whose application connections can be told from monitors at their first message: monitors never
   * authenticate. X.509 costs no round trip, and the simulator takes anyone's word.
   */
  taggedUri(options: UriOptions = {}): string {
    return this.uri({ authMechanism: 'MONGODB-X509', ...options });
  }

  /** Sets the answer to a command from now on. */
  on(name: string, handler: Handler): this {
    this.script.on(name, handler);
    return this;
  }

  /** Sets the answer to the next such command; several queue up. */
  once(name: string, handler: Handler): this {
    this.script.once(name, handler);
    return this;
  }

  /** Answers a command from prepared bytes, without decoding it or keeping it: for loads. */
  can(name: string, document: Document): this {
    this.script.can(name, document);
    return this;
  }

  /** Leaves the handshakes of application connections unanswered until released. Needs `taggedUri`. */
  holdHandshakes(): { held: Reply[]; release(): void } {
    const held: Reply[] = [];
    this.on('handshake', (command, reply, connection) => {
      if (command.speculativeAuthenticate) held.push(reply);
      else this.hello.answer(reply, connection);
    });
    const release = (): void => {
      this.script.off('handshake');
      for (const reply of held.splice(0)) this.hello.answer(reply, reply.connection);
    };
    return { held, release };
  }

  headerArrived(header: IncomingHeader, connection: SimulatedConnection): void {
    this.onHeader(header, connection);
  }

  cannedReply(message: Buffer): Buffer | undefined {
    return this.script.canned(message);
  }

  answer(request: Request, reply: Reply, connection: SimulatedConnection): void {
    const handler = this.handlerFor(request, connection);
    if (!handler) return reply.fail(59, 'CommandNotFound', `no such command: '${request.name}'`);
    const answer = handler(request.command, reply, connection);
    const awaited = (request.flags & MORE_TO_COME) === 0;
    if (awaited && answer && !(answer instanceof Promise)) reply.send(answer);
  }

  private handlerFor({ name }: Request, connection: SimulatedConnection): Handler | undefined {
    const { script } = this;
    if (connection.commands.length === 1 && script.has('handshake')) return script.take('handshake');
    if (script.has(name)) return script.take(name);
    const isHello = name === 'hello' || name.toLowerCase() === 'ismaster';
    return isHello ? (_command, reply) => this.hello.answer(reply, connection) : undefined;
  }

  private accept(socket: Socket): void {
    const connection = new SimulatedConnection(this.connections.length + 1, socket, this);
    this.enter(connection);
    this.onAccept(connection);
  }
}
