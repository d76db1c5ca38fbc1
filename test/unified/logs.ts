import type { Document, Log, MongoClientOptions } from 'mongodb';
import type { EntityMap } from './entities';
import type { ClientDescription, ExpectedLog, ExpectedLogsForClient } from './format';
import { match, rootPlace } from './match';
import { attempt, check, show } from './mismatch';

/** Collects what a client logs, but for the server selection of connecting it, which is no operation of a test. */
export class LogRecorder {
  readonly messages: Log[] = [];
  #recording = true;

  write(log: Log): void {
    if (this.#recording && log.operation !== 'handshake') this.messages.push(log);
  }

  stop(): void {
    this.#recording = false;
  }
}

/** The options with which a client logs to the recorder what its description asks for. */
export function logOptions(
  { observeLogMessages }: ClientDescription,
  recorder: LogRecorder
): Pick<
  MongoClientOptions,
  'mongodbLogComponentSeverities' | 'mongodbLogPath' | 'mongodbLogMaxDocumentLength'
> {
  if (!observeLogMessages) return {};
  return {
    mongodbLogComponentSeverities: observeLogMessages,
    mongodbLogPath: recorder,
    mongodbLogMaxDocumentLength: 10_000
  };
}

/** Asserts that a client logged the expected messages, in that order. */
export function matchLogs(expected: ExpectedLogsForClient, entities: EntityMap): void {
  const { client, messages, ignoreMessages = [], ignoreExtraMessages = false } = expected;
  const actual = entities
    .get('client', client)
    .logs.messages.filter(log => !ignoreMessages.some(ignored => matchesLog(ignored, log, entities)));
  const texts = show(actual.map(({ c, message }) => `${c}: ${message}`));
  messages.forEach((message, i) => {
    const log = actual[i];
    check(log !== undefined, `${client}: expected ${messages.length} messages, got: ${texts}`);
    matchLog(message, log, entities, `${client}.messages[${i}]`);
  });
  check(
    ignoreExtraMessages || actual.length === messages.length,
    `${client}: expected ${messages.length} messages, got ${actual.length}: ${texts}`
  );
}

function matchesLog(expected: ExpectedLog, log: Log, entities: EntityMap): boolean {
  return attempt(() => matchLog(expected, log, entities, 'message'));
}

function matchLog(expected: ExpectedLog, log: Log, entities: EntityMap, path: string): void {
  const { level, component, data, failureIsRedacted } = expected;
  const { s, c, t: _, ...actual } = log;
  check(s === level, `${path}: expected level ${level}, got ${s}`);
  check(c === component, `${path}: expected component ${component}, got ${c}`);
  match(data, actual, rootPlace(entities, path));
  if (failureIsRedacted !== undefined) matchRedaction(failureIsRedacted, actual, path);
}

function matchRedaction(expected: boolean, { failure }: Document, path: string): void {
  check(failure !== undefined, `${path}: expected a failure`);
  const redacted = failure === '(redacted)';
  check(redacted === expected, `${path}: expected redacted ${expected}, got ${show(failure)}`);
}
