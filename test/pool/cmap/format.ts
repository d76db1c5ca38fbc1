import type { Document } from 'mongodb';

/** A test of the Connection Monitoring and Pooling specification. */
export interface CmapTest {
  description: string;
  style: 'unit' | 'integration';
  runOn?: { minServerVersion?: string; maxServerVersion?: string }[];
  failPoint?: Document;
  poolOptions?: PoolOptions;
  operations: CmapOperation[];
  error?: { type: string; message: string };
  events: ({ type: string } & Document)[];
  ignore?: string[];
}

export interface PoolOptions {
  maxPoolSize?: number;
  minPoolSize?: number;
  maxConnecting?: number;
  maxIdleTimeMS?: number;
  waitQueueTimeoutMS?: number;
  appName?: string;
  /** Between two runs of what keeps a pool's size and age; negative: never. */
  backgroundThreadIntervalMS?: number;
}

export interface CmapOperation {
  name: string;
  /** The thread it runs in; none for the main one. */
  thread?: string;
  target?: string;
  label?: string;
  connection?: string;
  event?: string;
  count?: number;
  timeout?: number;
  ms?: number;
  interruptInUseConnections?: boolean;
}
