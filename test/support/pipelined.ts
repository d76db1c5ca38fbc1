import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Document } from 'mongodb';
import { until, within } from './bounds';
import type { Collection, MongoClient, MongoClientOptions } from './motor';
import { poolOf } from './pool-counts';
import type { Simulator } from './simulator';
import type { ServerShape } from './simulator-hello';
import type { Reply } from './simulator-reply';
import { MORE_TO_COME } from './simulator-wire';
import type { Stage } from './stage';

const COMMANDS = ['find', 'insert', 'update', 'delete', 'findAndModify', 'count', 'distinct', 'aggregate'];

/** Whose ids tell answers from one another. */
export interface User extends Document {
  _id: number | string;
}

export interface Pipelined {
  simulator: Simulator;
  client: MongoClient;
  users: Collection<User>;
  /** Requests that have no reply yet, in the order of their arrival. */
  held: Reply[];
  /** Answers what is held now, and what comes from now on, at once. */
  release(): void;
}

/** A client with so many connections, all of them open and idle, to a server that holds back its replies. */
export async function pipelined(
  stage: Stage,
  connections: number,
  { pipelining = 8, ...options }: MongoClientOptions = {},
  shape?: ServerShape
): Promise<Pipelined> {
  const simulator = await stage.simulator(shape);
  const held: Reply[] = [];
  const client = stage.client(simulator.taggedUri({ maxPoolSize: connections }), { pipelining, ...options });
  const users = client.db('shop').collection<User>('users');
  hold(simulator, held);
  await opened(client, users, held, connections);
  const release = (): void => {
    for (const name of COMMANDS) simulator.on(name, (_command, reply) => answer(reply));
    for (const reply of held.splice(0)) answer(reply);
  };
  return { simulator, client, users, held, release };
}

/** Answers as a server does that has what it is asked for. */
export function answer(reply: Reply): void {
  const { command, flags } = reply.request;
  if (flags & MORE_TO_COME) return; // unacknowledged
  if (command.insert) return reply.send({ n: command.documents.length });
  if (command.update) return reply.send({ n: command.updates.length, nModified: command.updates.length });
  if (command.delete) return reply.send({ n: command.deletes.length });
  if (command.find) return reply.send(reply.cursor([{ _id: command.filter._id }]));
  if (command.aggregate) return reply.send(reply.cursor([{ n: 1 }]));
  reply.send({ n: 1, values: [], value: null });
}

/** Which connections requests came in on, as the simulator numbers them. */
export function connectionsOf(replies: readonly Reply[]): number[] {
  return replies.map(reply => reply.connection.id);
}

/** How many requests came in on each of the connections. */
export function loads(replies: readonly Reply[]): number[] {
  const ids = connectionsOf(replies);
  return [...new Set(ids)].map(id => ids.filter(other => other === id).length);
}

function hold(simulator: Simulator, held: Reply[]): void {
  for (const name of COMMANDS) simulator.on(name, (_command, reply) => void held.push(reply));
}

/** One call for each connection. */
async function opened(
  client: MongoClient,
  users: Collection<User>,
  held: Reply[],
  connections: number
): Promise<void> {
  const calls = Array.from({ length: connections }, (_, _id) => users.findOne({ _id }));
  await until('all connections are open', () => {
    if (held.length < connections) return false;
    const { totalConnectionCount, pendingConnectionCount } = poolOf(client);
    return totalConnectionCount === connections && pendingConnectionCount === 0;
  });
  for (const reply of held.splice(0)) answer(reply);
  await Promise.all(calls);
}

/** Expects that of more operations never more than two are under way over two connections, each alone on its own. */
export async function expectTwoAlone(users: Collection<User>, held: Reply[]): Promise<void> {
  const calls = Array.from({ length: 5 }, () => users.findOne({}));
  for (let left = 5; left > 0; left--) {
    await until('two are held', () => held.length === Math.min(2, left));
    await sleep(5);
    expect(loads(held)).to.deep.equal(held.map(() => 1));
    answer(held.shift()!);
  }
  await within(2000, 'all', Promise.all(calls));
}
