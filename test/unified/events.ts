import type { EntityMap } from './entities';
import { eventName } from './event-names';
import { matchEventFields } from './event-fields';
import type { ExpectedEvent, ExpectedEventsForClient } from './format';
import { attempt, check, InvalidTest, show } from './mismatch';
import type { ObservedEvent } from './observed-client';

/** Asserts that a client's events of one category came as expected, in that order. */
export function matchEvents(expected: ExpectedEventsForClient, entities: EntityMap): void {
  const { client, eventType = 'command', events, ignoreExtraEvents = false } = expected;
  const actual = entities.get('client', client).events.filter(({ category }) => category === eventType);
  const names = show(actual.map(describeEvent));
  events.forEach((event, i) => {
    const observed = actual[i];
    check(
      observed !== undefined,
      `${client}: expected ${events.length} events, got ${actual.length}: ${names}`
    );
    matchEvent(event, observed, entities, `${client}.events[${i}]`);
  });
  check(
    ignoreExtraEvents || actual.length === events.length,
    `${client}: expected ${events.length} events, got ${actual.length}: ${names}`
  );
}

export function matchesEvent(expected: ExpectedEvent, observed: ObservedEvent, entities: EntityMap): boolean {
  return attempt(() => matchEvent(expected, observed, entities, 'event'));
}

function matchEvent(
  expected: ExpectedEvent,
  observed: ObservedEvent,
  entities: EntityMap,
  path: string
): void {
  const [[name, fields] = []] = Object.entries(expected);
  if (name === undefined || fields === undefined) throw new InvalidTest('an expected event has no name');
  eventName(name);
  check(observed.name === name, `${path}: expected ${name}, got ${describeEvent(observed)}`);
  matchEventFields(fields, observed.event, entities, `${path}.${name}`);
}

function describeEvent({ name, event }: ObservedEvent): string {
  return event.commandName === undefined ? name : `${name} ${event.commandName}`;
}
