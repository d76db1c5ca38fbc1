// A server that answers from prepared bytes, in a process of its own, so that what is measured is the client. With the
// argument --tls it speaks TLS; with --keep it keeps what is inserted, for DriverBench.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { databaseName } from '../../documents.js';
import { Answers } from './answers.js';
import { Arrival, landing } from './arrival.js';
import { KeepingAnswers } from './keepingAnswers.js';
import { setName } from './replies.js';

const opQuery = 2004;
const moreToCome = 2;
const headerSize = 16;
const largestCopied = 16384;

let requestId = 0;

/** Small replies are copied and leave in one write; large ones are shared, behind a header of their own. */
function send(socket: Socket, reply: Buffer, responseTo: number): void {
  const whole = reply.length <= largestCopied;
  const copy = Buffer.from(whole ? reply : reply.subarray(0, headerSize));
  copy.writeInt32LE((requestId = (requestId + 1) & 0x7fffffff), 4);
  copy.writeInt32LE(responseTo, 8);
  if (whole) return void socket.write(copy);
  socket.cork();
  socket.write(copy);
  socket.write(reply.subarray(headerSize));
  socket.uncork();
}

function serve(accepted: Socket, answers: Answers): void {
  const arrival = new Arrival(message => {
    const id = message.readInt32LE(4);
    if (message.readInt32LE(12) === opQuery) return send(socket, answers.toHandshake(), id);
    if (answers.holds(message, held => send(socket, answers.to(held), id))) return;
    const reply = answers.to(message);
    if ((message.readUInt8(headerSize) & moreToCome) === 0) send(socket, reply, id);
  });
  const socket = landing(accepted, arrival);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
}

/** The server, what its new connections are called, and what a connection string needs to say of it. */
async function makeServer() {
  const plain = { server: createServer({ pauseOnConnect: true }), event: 'connection', options: '' };
  if (!process.argv.includes('--tls')) return plain;
  const { makeCertificate } = await import('./certificate.js');
  const { file, ...certificate } = await makeCertificate();
  const options = `&tls=true&tlsCAFile=${encodeURIComponent(file)}`;
  return { server: createTlsServer(certificate), event: 'secureConnection', options };
}

const { server, event, options } = await makeServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const answers = new (process.argv.includes('--keep') ? KeepingAnswers : Answers)(`127.0.0.1:${port}`);
  server.on(event, (socket: Socket) => serve(socket, answers));
  process.send?.({ uri: `mongodb://127.0.0.1:${port}/${databaseName}?replicaSet=${setName}${options}` });
});
process.on('disconnect', () => process.exit());
// The keyboard's interrupt reaches the whole group: this process ends when the one that started it does.
process.on('SIGINT', () => {});
