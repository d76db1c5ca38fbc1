import { BSON } from 'mongodb';
import type { Document } from 'mongodb';
import type { EntityMap } from './entities';
import { match, rootPlace } from './match';
import type { Place } from './match';
import { check, InvalidTest, show } from './mismatch';
import { asNumber } from './values';

type FieldCheck = (expected: unknown, event: Document, place: Place) => void;

const field =
  (name: string): FieldCheck =>
  (expected, event, place) =>
    match(expected, event[name], place);

/** A description has more fields than its type, and a test file names none of them. */
const description =
  (name: string): FieldCheck =>
  (expected, event, place) =>
    match(expected, { type: event[name].type }, place);

/** The assertions that a test file can make about an event. */
const fields: Record<string, FieldCheck> = {
  awaited: field('awaited'),
  command: field('command'),
  commandName: field('commandName'),
  databaseName: field('databaseName'),
  interruptInUseConnections: field('interruptInUseConnections'),
  reason: field('reason'),
  reply: field('reply'),
  newDescription: description('newDescription'),
  previousDescription: description('previousDescription'),

  hasServerConnectionId: (expected, event, { path }) => {
    const id = asNumber(event.serverConnectionId);
    check((id !== undefined && id > 0) === expected, `${path}: expected ${expected}, got ${show(id)}`);
  },

  hasServiceId: (expected, event, { path }) => {
    const has = event.serviceId instanceof BSON.ObjectId && !/^0+$/.test(event.serviceId.toHexString());
    check(has === expected, `${path}: expected ${expected}, got ${show(event.serviceId)}`);
  }
};

export function matchEventFields(
  expected: Document,
  event: Document,
  entities: EntityMap,
  path: string
): void {
  for (const [name, value] of Object.entries(expected)) {
    const assertField = fields[name];
    if (!assertField) throw new InvalidTest(`unknown field of an event: ${name}`);
    assertField(value, event, rootPlace(entities, `${path}.${name}`));
  }
}
