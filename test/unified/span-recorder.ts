import { INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Context, Span, SpanOptions, Tracer, TracerProvider } from '@opentelemetry/api';
import type { Document } from 'mongodb';

/** Keeps its name, its attributes and the spans inside it. */
export class RecordedSpan implements Span {
  readonly attributes: Document = {};
  readonly nested: RecordedSpan[] = [];
  ended = false;

  constructor(
    public name: string,
    { attributes }: SpanOptions
  ) {
    Object.assign(this.attributes, attributes);
  }

  setAttribute(key: string, value: unknown): this {
    this.attributes[key] = value;
    return this;
  }

  setAttributes(attributes: Document): this {
    Object.assign(this.attributes, attributes);
    return this;
  }

  updateName(name: string): this {
    this.name = name;
    return this;
  }

  end(): void {
    this.ended = true;
  }

  spanContext = (): typeof INVALID_SPAN_CONTEXT => INVALID_SPAN_CONTEXT;
  isRecording = (): boolean => !this.ended;
  recordException = (): void => undefined;
  addEvent = (): this => this;
  addLink = (): this => this;
  addLinks = (): this => this;
  setStatus = (): this => this;
}

/** Collects the spans of one client as the trees they form. */
export class SpanRecorder implements TracerProvider, Tracer {
  readonly spans: RecordedSpan[] = [];

  getTracer(): Tracer {
    return this;
  }

  startSpan(name: string, options: SpanOptions = {}, context: Context = ROOT_CONTEXT): Span {
    const span = new RecordedSpan(name, options);
    const parent = trace.getSpan(context);
    const siblings = parent instanceof RecordedSpan ? parent.nested : this.spans;
    siblings.push(span);
    return span;
  }

  startActiveSpan<F extends (span: Span) => ReturnType<F>>(name: string, ...rest: unknown[]): ReturnType<F> {
    return (rest.at(-1) as F)(this.startSpan(name));
  }
}
