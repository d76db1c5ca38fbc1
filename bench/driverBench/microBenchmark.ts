// What a micro-benchmark of DriverBench is: https://github.com/mongodb/specifications, source/benchmarking/benchmarking.md
import type * as mongodb from 'mongodb';

export type Driver = typeof mongodb;

/** What a micro-benchmark is given: a driver, connected, with a database of its own, and the unpacked data. */
export interface Bench {
  driver: Driver;
  client: mongodb.MongoClient;
  database: mongodb.Db;
  /** The folder that the archives were unpacked in. */
  data: string;
  /** The share of the specification's repetitions that are made: 1, but less when it is only tried out. */
  share: number;
}

/** The specification's number of repetitions, or of documents, or a share of it. */
export const shareOf = (count: number, { share }: Bench): number => Math.max(1, Math.floor(count * share));

/** A micro-benchmark that is set up: its phases for each iteration. */
export interface Task {
  /** What an iteration works on, in bytes, as the specification counts them. */
  bytes: number;
  before?(): Promise<unknown>;
  /** All that is timed. */
  run(): unknown;
}

export interface MicroBenchmark {
  name: string;
  group: 'BSON' | 'Single' | 'Multi' | 'Parallel';
  /** Which of ReadBench and WriteBench it counts in, if in one. */
  kind?: 'read' | 'write';
  setUp(bench: Bench): Promise<Task>;
}

/** A score is in millions of bytes a second. */
export const megabyte = 1e6;
