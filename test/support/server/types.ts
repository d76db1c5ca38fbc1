import type { LocalKind, ServerKind } from './choose';
import type { Credentials } from './prepare';

/** What a test may want of its own server. Any of these leaves MONGODB_URI aside, since it is not ours to set up. */
export interface ServerOptions {
  /** A server without a replica set: no transactions, no change streams. */
  standalone?: boolean;
  /** More command line arguments; a function when they differ between the kinds of servers. */
  args?: string[] | ((kind: LocalKind) => string[]);
  /** Acknowledged writes survive SIGKILL. For tests that kill the server and then count. */
  syncOnCommit?: boolean;
  /** Access control, with this user as root. */
  auth?: Credentials;
  /** A server of the caller's own, even when nothing else is special about it: to kill or to restart. */
  own?: boolean;
}

export interface Server {
  readonly kind: ServerKind;
  /** What it is, with its version: for a line in an output, a heading over a table. */
  readonly name: string;
  readonly uri: string;
  readonly host: string;
  readonly port: number;
  /** Undefined when the server is not running, or not ours. */
  readonly pid?: number;
  /** Ends the server and removes its storage. Nothing happens to a server that is not ours. */
  stop(): Promise<void>;
  /** Sends a signal, and waits for the end of the process if the signal ends it. The storage stays. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Brings it back on the same port and storage, from whatever state it is in. */
  restart(): Promise<void>;
}
