// Runs the program under OpenTelemetry's instrumentation and prints its spans and metrics: node otel-app.mjs LIBRARY URI
// STYLE. The modules are required, since that is where instrumentations hook in.
import { createRequire } from 'node:module';
import { callIn, comparable, connected, program } from './program.mjs';

const require = createRequire(import.meta.url);
const [, , library, uri, style] = process.argv;

const { context, SpanKind, SpanStatusCode, trace } = require('@opentelemetry/api');
const { NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');
const { InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader
} = require('@opentelemetry/sdk-metrics');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { MongoDBInstrumentation } = require('@opentelemetry/instrumentation-mongodb');

const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
tracerProvider.register();
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({
  exporter: metricExporter,
  exportIntervalMillis: 3_600_000
});
const meterProvider = new MeterProvider({ readers: [reader] });
const responses = [];
const instrumentation = new MongoDBInstrumentation({
  enhancedDatabaseReporting: true,
  responseHook: (span, { data }) => responses.push(`${span.name}: ${typeof data}`)
});
registerInstrumentations({ instrumentations: [instrumentation], tracerProvider, meterProvider });

const driver = require(library);
const tracer = trace.getTracer('app');
const traced = (name, body) =>
  tracer.startActiveSpan(name, async span => {
    await body();
    if (trace.getSpan(context.active()) !== span) throw new Error('the context is lost');
    span.end();
  });

const call = callIn(style, driver);
const client = await connected(driver, uri, call);
await client.db('observed').dropDatabase();
exporter.reset();
await program(client, call, traced);
instrumentation.disable();
await traced('disabled', () => call(client.db('observed').collection('users'), 'findOne', {}));
instrumentation.enable();
await traced('enabled again', () => call(client.db('observed').collection('users'), 'findOne', {}));
await traced('close', () => call(client, 'close'));
await reader.forceFlush();

const spans = exporter.getFinishedSpans();
const names = new Map(spans.map(span => [span.spanContext().spanId, span.name]));
const shown = spans.map(({ name, kind, attributes, status, parentSpanContext, events }) => ({
  name,
  kind: SpanKind[kind],
  attributes,
  status: { ...status, code: SpanStatusCode[status.code] },
  parent: names.get(parentSpanContext?.spanId),
  events: events.map(event => event.name)
}));
const metrics = metricExporter
  .getMetrics()
  .flatMap(({ scopeMetrics }) => scopeMetrics)
  .flatMap(scope => scope.metrics)
  .map(({ descriptor, dataPoints }) => ({
    name: descriptor.name,
    points: dataPoints.map(({ attributes, value }) => ({ attributes, value }))
  }));
process.stdout.write(comparable({ spans: shown, metrics, responses: responses.toSorted() }));
