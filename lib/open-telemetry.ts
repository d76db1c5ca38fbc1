/*
 * Spans of OpenTelemetry: what the tracing channels tell, in the words of the drivers' OpenTelemetry specification. An
 * operation's span is inside that of its caller or of its transaction, a command's inside that of its operation. Nothing
 * subscribes to the channels before the first client asks for tracing.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { MongoClient } from 'mongodb';
import type { CommandContext, OperationContext } from './channel-contexts.js';
import { commands, operations } from './channels.js';
import { SENSITIVE_COMMANDS } from './driver.js';
import {
  type Api,
  type Attributes,
  loadApi,
  type Span,
  type Tracer,
  type TracerProvider
} from './open-telemetry-api.js';
import { afterwards, ofCommand, ofError, ofOperation, SYSTEM } from './open-telemetry-attributes.js';

/** How a client is traced. */
export interface TracingOptions {
  /**
   * Whether there are spans. Default: `OTEL_NODEJS_INSTRUMENTATION_MONGODB_ENABLED` of the environment (`true`, `1` or
   * `yes`), otherwise false.
   */
  enabled?: boolean;
  /**
   * How many characters of a command are put into its span as `db.query.text`; 0 for none. Default:
   * `OTEL_NODEJS_INSTRUMENTATION_MONGODB_QUERY_TEXT_MAX_LENGTH` of the environment, otherwise 0.
   */
  queryTextMaxLength?: number;
  /** Where spans go. Default: the provider that is registered with `@opentelemetry/api` when the client is made. */
  tracerProvider?: TracerProvider;
}

/** What is known of a client that is traced. */
interface Tracing {
  readonly api: Api;
  readonly tracer: Tracer;
  readonly queryTextMaxLength: number;
}

/** A span that is under way. */
interface Current {
  readonly tracing: Tracing;
  readonly span: Span;
  ended?: boolean;
}

const ENVIRONMENT = 'OTEL_NODEJS_INSTRUMENTATION_MONGODB_';
const NAME = 'mongo-motor';

const traced = new WeakMap<MongoClient, Tracing>();
const current = new AsyncLocalStorage<Current | undefined>();
const spans = new WeakMap<object, Current>();
const transactions = new WeakMap<object, Current>();
let listening = false;

/**
 * Traces a client's operations and commands, if its options or the environment ask for it.
 *
 * @throws MotorError `ERR_NO_OPENTELEMETRY` when they do and `@opentelemetry/api` is not installed
 */
export function trace(client: MongoClient, options: TracingOptions = {}): void {
  const { enabled = /^(true|1|yes)$/i.test(environment('ENABLED')) } = options;
  if (!enabled) return;
  const api = loadApi();
  const { tracerProvider = api.trace.getTracerProvider() } = options;
  const { queryTextMaxLength = Number(environment('QUERY_TEXT_MAX_LENGTH')) || 0 } = options;
  traced.set(client, { api, tracer: tracerProvider.getTracer(NAME, version()), queryTextMaxLength });
  if (!listening) listen();
  listening = true;
}

function environment(name: string): string {
  return process.env[`${ENVIRONMENT}${name}`] ?? '';
}

function version(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it is in this place from lib/ and from dist/
  return (require('../package.json') as { version: string }).version;
}

function listen(): void {
  operations.start.bindStore(current, context => startOperation(context as OperationContext));
  operations.asyncEnd.subscribe(context => endOperation(context as OperationContext));
  commands.start.subscribe(context => startCommand(context as CommandContext));
  commands.asyncEnd.subscribe(context => endCommand(context as CommandContext));
}

function startOperation(context: OperationContext): Current | undefined {
  const tracing = traced.get(context.client);
  if (!tracing) return undefined; // nor are its commands another client's, in whose operation it may run
  const { name, attributes } = ofOperation(context);
  const parent = transactionOf(context, tracing);
  const span = start(tracing, name, attributes, parent?.span);
  const under = { tracing, span };
  spans.set(context, under);
  return under;
}

function endOperation(context: OperationContext): void {
  const under = spans.get(context);
  if (!under) return;
  end(under, context.error);
  if (!/^(commit|abort)Transaction$/.test(context.operation)) return;
  const transaction = context.session && transactions.get(context.session.transaction);
  if (transaction) end(transaction);
}

function startCommand(context: CommandContext): void {
  const operation = current.getStore();
  if (!operation || SENSITIVE_COMMANDS.has(context.commandName)) return;
  const { tracing, span } = operation;
  spans.set(context, {
    tracing,
    span: start(tracing, context.commandName, ofCommand(context, tracing.queryTextMaxLength), span)
  });
}

function endCommand(context: CommandContext): void {
  const under = spans.get(context);
  if (!under) return;
  under.span.setAttributes(afterwards(context));
  end(under, context.error);
}

function start({ api, tracer }: Tracing, name: string, attributes: Attributes, parent?: Span): Span {
  const active = api.context.active();
  const context = parent ? api.trace.setSpan(active, parent) : active;
  return tracer.startSpan(name, { kind: api.SpanKind.CLIENT, attributes }, context);
}

/** Ends a span: that of a transaction once, however often it is committed. */
function end(under: Current, error?: unknown): void {
  const { tracing, span, ended } = under;
  if (ended) return;
  if (error instanceof Error) {
    span.recordException(error);
    span.setAttributes(ofError(error));
    span.setStatus({ code: tracing.api.SpanStatusCode.ERROR, message: error.message });
  }
  under.ended = true;
  span.end();
}

/** The span of the transaction that an operation runs in. It starts with the first operation. */
function transactionOf({ session }: OperationContext, tracing: Tracing): Current | undefined {
  if (!session) return undefined;
  const known = transactions.get(session.transaction);
  if (known || !session.inTransaction()) return known;
  const made = { tracing, span: start(tracing, 'transaction', SYSTEM) };
  transactions.set(session.transaction, made);
  return made;
}
