import type { EntityMap } from './entities';
import type { ClientDescription, ExpectedSpan, ExpectedSpansForClient } from './format';
import { match, rootPlace } from './match';
import { attempt, check, show } from './mismatch';
import type { RecordedSpan, SpanRecorder } from './span-recorder';

/** The option with which a client of this package traces to the recorder what its description asks for. */
export function tracingOptions(
  { observeTracingMessages }: ClientDescription,
  recorder: SpanRecorder
): object {
  if (!observeTracingMessages) return {};
  const queryTextMaxLength = observeTracingMessages.enableCommandPayload ? 10_000 : 0;
  return { tracing: { enabled: true, queryTextMaxLength, tracerProvider: recorder } };
}

/** Asserts that a client's spans form the expected trees, in that order. */
export function matchSpans(expected: ExpectedSpansForClient, entities: EntityMap): void {
  const { client, spans, ignoreExtraSpans = false } = expected;
  matchSiblings(spans, entities.get('client', client).spans.spans, ignoreExtraSpans, entities, client);
}

function matchSiblings(
  expected: ExpectedSpan[],
  actual: RecordedSpan[],
  ignoreExtra: boolean,
  entities: EntityMap,
  path: string
): void {
  const names = show(actual.map(({ name }) => name));
  const rest = [...actual];
  expected.forEach((span, i) => {
    const matches = (candidate: RecordedSpan): boolean =>
      attempt(() => matchSpan(span, candidate, ignoreExtra, entities, path));
    while (ignoreExtra && rest.length > 1 && !matches(rest[0]!)) rest.shift();
    const next = rest.shift();
    check(next !== undefined, `${path}: expected ${expected.length} spans, got: ${names}`);
    matchSpan(span, next, ignoreExtra, entities, `${path}.spans[${i}]`);
  });
  check(ignoreExtra || rest.length === 0, `${path}: expected ${expected.length} spans, got: ${names}`);
}

function matchSpan(
  expected: ExpectedSpan,
  actual: RecordedSpan,
  ignoreExtra: boolean,
  entities: EntityMap,
  path: string
): void {
  check(actual.name === expected.name, `${path}: expected ${expected.name}, got ${actual.name}`);
  check(actual.ended, `${path}: ${actual.name} has not ended`);
  match(expected.attributes, actual.attributes, rootPlace(entities, `${path}.attributes`));
  matchSiblings(expected.nested ?? [], actual.nested, ignoreExtra, entities, path);
}
