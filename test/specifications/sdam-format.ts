import type { Document } from 'mongodb';

/** A test of the Server Discovery and Monitoring specification, in its own format. */
export interface SdamTest {
  description: string;
  uri: string;
  phases: Phase[];
}

export interface Phase {
  /** What servers answer to hello, in order: nothing when the connection breaks. */
  responses?: [address: string, reply: Document][];
  applicationErrors?: ApplicationError[];
  outcome: Outcome;
}

export interface ApplicationError {
  address: string;
  /** Of the connection; the pool's when left out. */
  generation?: number;
  maxWireVersion: number;
  when: 'beforeHandshakeCompletes' | 'afterHandshakeCompletes';
  type: 'command' | 'network' | 'timeout';
  response?: Document;
}

export interface Outcome {
  servers?: Record<string, Document>;
  topologyType?: string;
  setName?: string | null;
  logicalSessionTimeoutMinutes?: number | null;
  maxSetVersion?: number | null;
  maxElectionId?: object | null;
  compatible?: boolean;
  events?: Document[];
}
