import type { MongoClient } from 'mongodb';

interface Inside {
  topology?: { s: { servers: Map<string, { pool: object }> } };
  s: {
    activeSessions: Set<object>;
    activeCursors: Set<object>;
    sessionPool: { sessions: Iterable<{ id: { id: { toString(how: 'hex'): string } }; lastUse: number }> };
  };
}

const inside = (client: MongoClient): Inside => Object(client);

/** The pools of a client's servers. */
export function poolsOf(client: MongoClient): object[] {
  return [...(inside(client).topology?.s.servers.values() ?? [])].map(({ pool }) => pool);
}

/** How many sessions are not ended yet. */
export function activeSessions(client: MongoClient): number {
  return inside(client).s.activeSessions.size;
}

/** How many cursors the client knows that are not closed yet. */
export function activeCursors(client: MongoClient): number {
  return inside(client).s.activeCursors.size;
}

/** The ids of the server sessions that wait to be used again, the next one first. */
export function pooledSessions(client: MongoClient): string[] {
  return [...inside(client).s.sessionPool.sessions].map(({ id }) => id.id.toString('hex'));
}

/** As if the next of them had been used last so many minutes before. */
export function restPooledSession(client: MongoClient, minutes: number): void {
  const [next] = inside(client).s.sessionPool.sessions;
  next!.lastUse -= minutes * 60_000;
}
