/*
 * What the sockets do in one turn of the loop, a step at a time for all of them: everything that has arrived is
 * delivered, those who were resumed by it go on and ask again, and what has been asked is written. So each step finds its
 * code in the processor's caches, and a peer that is woken by the first request finds the others there. With 100 callers
 * the latter is a quarter of an insert's processor time, the former 5 to 10 % of a call's.
 */
import { lately, now } from './clock.js';
import { queueMicrotask, setImmediate } from './turns.js';

export interface Party {
  /** Resumes those whose replies have arrived. */
  deliver(): void;
  /** Writes what has been asked. */
  flush(): void;
}

let arrived: Party[] = [];
let asked: Party[] = [];
let isToCome = false;

export function hasArrived(socket: Party): void {
  arrived.push(socket);
  begin();
}

export function hasAsked(socket: Party): void {
  asked.push(socket);
  begin();
}

/** What the driver's clock says, in ms; while work of this turn is to come, or under way, what it said then. */
export function timeOfTurn(): number {
  return isToCome ? lately() : now();
}

function begin(): void {
  if (isToCome) return;
  isToCome = true;
  now(); // see timeOfTurn()
  setImmediate(deliver);
}

function deliver(): void {
  const sockets = arrived;
  if (sockets.length === 0) return flush();
  arrived = [];
  now(); // for all who are resumed: see lately()
  for (const socket of sockets) socket.deliver();
  queueMicrotask(flush); // behind those who were resumed, whom their futures or callbacks tell first
}

function flush(): void {
  const sockets = asked;
  asked = [];
  isToCome = false;
  for (const socket of sockets) socket.flush();
  if (arrived.length > 0) begin();
}
