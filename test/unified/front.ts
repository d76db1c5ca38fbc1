import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { BSON, ObjectId } from 'mongodb';
import type { Document } from 'mongodb';
import { frame, messageBody, OP_MSG, OP_REPLY, replyBody } from '../support/simulator-wire';

type Disguise = (hello: Document) => Document;

/** What a server of a replica set says of it, and a mongos does not. */
const ofReplicaSet = [
  'hosts',
  'me',
  'primary',
  'secondary',
  'setName',
  'setVersion',
  'electionId',
  'lastWrite'
];

const mongos: Disguise = hello => {
  const kept = Object.entries(hello).filter(([key]) => !ofReplicaSet.includes(key));
  return { ...Object.fromEntries(kept), msg: 'isdbgrid' };
};

export const disguises = {
  mongos: () => mongos,

  /** A load balancer has one service behind it, which says who it is. */
  loadBalancer: (): Disguise => {
    const serviceId = new ObjectId();
    return hello => ({ ...mongos(hello), serviceId });
  }
};

/** Stands in front of a server and passes on what comes, but gives itself out for something else in its greeting. */
export class Front {
  readonly #links = new Set<Socket>();
  readonly #listener: Server;

  private constructor(target: { host: string; port: number }, disguise: Disguise) {
    this.#listener = createServer(client => {
      const server = connect({ ...target, noDelay: true });
      client.setNoDelay();
      server.on(
        'data',
        frames(message => client.write(disguised(message, disguise)))
      );
      client.pipe(server);
      this.#link(client, server);
      this.#link(server, client);
    });
  }

  static async open(target: { host: string; port: number }, disguise: Disguise): Promise<Front> {
    const front = new Front(target, disguise);
    front.#listener.listen(0, '127.0.0.1');
    await once(front.#listener, 'listening');
    return front;
  }

  get address(): string {
    return `127.0.0.1:${(this.#listener.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#listener.close();
    for (const socket of this.#links) socket.destroy();
  }

  /** When one end is gone, so is the other. */
  #link(socket: Socket, other: Socket): void {
    this.#links.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#links.delete(socket);
      other.destroy();
    });
  }
}

/** Cuts a stream of bytes into messages of the wire protocol. */
function frames(take: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return chunk => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      take(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

/** Where the document of a reply begins. */
const documentStart: Record<number, number> = { [OP_MSG]: 21, [OP_REPLY]: 36 };

function disguised(message: Buffer, disguise: Disguise): Buffer {
  const opCode = message.readInt32LE(12);
  const start = documentStart[opCode];
  if (start === undefined || !message.includes('maxWireVersion')) return message;
  const document = BSON.deserialize(message.subarray(start));
  if (!('maxWireVersion' in document)) return message;
  const hello = disguise(document);
  const header = { requestId: message.readInt32LE(4), responseTo: message.readInt32LE(8), opCode };
  return frame(header, opCode === OP_MSG ? messageBody(hello, message.readUInt32LE(16)) : replyBody(hello));
}
