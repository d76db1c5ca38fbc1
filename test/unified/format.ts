import type { Document, LogComponentSeveritiesClientOptions } from 'mongodb';

/** The parts of a unified test file, as the specification's JSON schema names them. */
export interface TestFile {
  description: string;
  schemaVersion: string;
  runOnRequirements?: RunOnRequirement[];
  createEntities?: EntityDescription[];
  initialData?: CollectionData[];
  tests: TestDescription[];
}

export interface TestDescription {
  description: string;
  skipReason?: string;
  runOnRequirements?: RunOnRequirement[];
  operations: OperationDescription[];
  expectEvents?: ExpectedEventsForClient[];
  expectLogMessages?: ExpectedLogsForClient[];
  expectTracingMessages?: ExpectedSpansForClient[];
  outcome?: CollectionData[];
}

export interface RunOnRequirement {
  minServerVersion?: string;
  maxServerVersion?: string;
  topologies?: string[];
  serverless?: string;
  serverParameters?: Document;
  auth?: boolean;
  authMechanism?: string;
  csfle?: boolean | Document;
}

export interface CollectionData {
  collectionName: string;
  databaseName: string;
  createOptions?: Document;
  documents: Document[];
}

export interface ClientDescription {
  id: string;
  uriOptions?: Document;
  useMultipleMongoses?: boolean;
  observeEvents?: string[];
  ignoreCommandMonitoringEvents?: string[];
  observeSensitiveCommands?: boolean;
  serverApi?: { version: string; strict?: boolean; deprecationErrors?: boolean };
  awaitMinPoolSizeMS?: number;
  observeLogMessages?: LogComponentSeveritiesClientOptions;
  observeTracingMessages?: { enableCommandPayload?: boolean };
  storeEventsAsEntities?: { id: string; events: string[] }[];
  autoEncryptOpts?: Document;
}

export interface EntityDescription {
  client?: ClientDescription;
  database?: { id: string; client: string; databaseName: string; databaseOptions?: Document };
  collection?: { id: string; database: string; collectionName: string; collectionOptions?: Document };
  session?: { id: string; client: string; sessionOptions?: Document };
  bucket?: { id: string; database: string; bucketOptions?: Document };
  thread?: { id: string };
  clientEncryption?: Document;
}

export interface OperationDescription {
  name: string;
  object: string;
  arguments?: Document;
  ignoreResultAndError?: boolean;
  expectError?: ExpectedError;
  expectResult?: unknown;
  saveResultAsEntity?: string;
}

export interface ExpectedError {
  isError?: true;
  isClientError?: boolean;
  isTimeoutError?: boolean;
  errorContains?: string;
  errorCode?: number;
  errorCodeName?: string;
  errorLabelsContain?: string[];
  errorLabelsOmit?: string[];
  writeErrors?: Document;
  writeConcernErrors?: Document[];
  errorResponse?: Document;
  expectResult?: unknown;
}

export interface ExpectedEventsForClient {
  client: string;
  eventType?: 'command' | 'cmap' | 'sdam';
  events: ExpectedEvent[];
  ignoreExtraEvents?: boolean;
}

/** One key, the name of the event; its value holds the assertions. */
export type ExpectedEvent = Record<string, Document>;

export interface ExpectedLogsForClient {
  client: string;
  messages: ExpectedLog[];
  ignoreMessages?: ExpectedLog[];
  ignoreExtraMessages?: boolean;
}

export interface ExpectedLog {
  level: string;
  component: string;
  data: Document;
  failureIsRedacted?: boolean;
}

export interface ExpectedSpansForClient {
  client: string;
  spans: ExpectedSpan[];
  ignoreExtraSpans?: boolean;
}

export interface ExpectedSpan {
  name: string;
  attributes: Document;
  nested?: ExpectedSpan[];
}
