/* What is used of `@opentelemetry/api`: shapes of our own, since the package is optional and so are its types. */
import { createRequire } from 'node:module';
import { MotorError } from './errors.js';

export type Attributes = Record<string, string | number>;

export interface Span {
  setAttributes(attributes: Attributes): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  recordException(error: Error): void;
  end(): void;
}

export interface Tracer {
  startSpan(name: string, options: { kind: number; attributes: Attributes }, context: never): Span;
}

/** What `@opentelemetry/api` calls a `TracerProvider`. */
export interface TracerProvider {
  getTracer(name: string, version?: string): Tracer;
}

/** As far as it is used here. */
export interface Api {
  readonly trace: { getTracerProvider(): TracerProvider; setSpan(context: never, span: Span): never };
  readonly context: { active(): never };
  readonly SpanKind: { readonly CLIENT: number };
  readonly SpanStatusCode: { readonly ERROR: number };
}

/**
 * Loads `@opentelemetry/api`. Its state is the process's, whichever copy of it is loaded.
 *
 * @throws MotorError `ERR_NO_OPENTELEMETRY` when it is not installed
 */
export function loadApi(): Api {
  try {
    return createRequire(__filename)('@opentelemetry/api') as Api; // not for bundlers to look for: it is optional
  } catch (cause) {
    throw new MotorError(
      'ERR_NO_OPENTELEMETRY',
      'Tracing was asked for, and needs the package @opentelemetry/api: npm install @opentelemetry/api',
      { cause }
    );
  }
}
