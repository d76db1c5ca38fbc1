import { expect } from 'chai';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { EntityMap } from './entities';
import type { ExpectedSpan } from './format';
import type { ObservedClient } from './observed-client';
import { SpanRecorder } from './span-recorder';
import { matchSpans } from './spans';

describe("a unified test's spans", () => {
  let recorder: SpanRecorder;
  let entities: EntityMap;

  beforeEach(() => {
    recorder = new SpanRecorder();
    entities = new EntityMap();
    entities.add('client', 'client', { spans: recorder } as ObservedClient);
    const operation = recorder.startSpan('find db.users', { attributes: { 'db.namespace': 'db' } });
    for (const attempt of [1, 2]) {
      const attributes = { attempt };
      recorder.startSpan('find', { attributes }, trace.setSpan(ROOT_CONTEXT, operation)).end();
    }
    operation.end();
  });

  const compare =
    (span: ExpectedSpan, ignoreExtraSpans = false) =>
    (): void =>
      matchSpans({ client: 'client', spans: [span], ignoreExtraSpans }, entities);

  const command = (attempt: number): ExpectedSpan => ({ name: 'find', attributes: { attempt } });
  const operation = (...nested: ExpectedSpan[]): ExpectedSpan => ({
    name: 'find db.users',
    attributes: {},
    nested
  });

  it('may have more attributes than are expected', () => {
    expect(compare(operation(command(1), command(2)))).not.to.throw();
  });

  it('are compared in depth', () => {
    expect(compare(operation(command(1), command(3)))).to.throw(/attempt: expected 3, got 2/);
  });

  it('may be more than are expected only where that is said', () => {
    expect(compare(operation(command(2)), true)).not.to.throw();
    expect(compare(operation(command(1)))).to.throw(/expected 1 spans/);
  });

  it('have to be ended', () => {
    recorder.startSpan('ping admin');
    const spans = [operation(command(1), command(2)), { name: 'ping admin', attributes: {} }];
    expect(() => matchSpans({ client: 'client', spans }, entities)).to.throw(/ping admin has not ended/);
  });
});
