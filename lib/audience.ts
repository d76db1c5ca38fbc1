/*
 * Who listens. A pool's events go on to its server, to the topology and to the client; to ask all four at each event, mostly in
 * vain, was a thirtieth of a call. So an emitter is asked once, and tells afterwards when somebody begins to listen.
 */
import type { EventEmitter } from 'node:events';
import { APM_EVENTS, CMAP_EVENTS } from './driver.js';

/** What is passed on. */
export const RELAYED: readonly string[] = [...CMAP_EVENTS, ...APM_EVENTS];

/** Through these all listeners are added: the other methods call them. */
const ADDING = ['on', 'addListener', 'prependListener'] as const;

export interface Audience {
  /** Whether anybody has listened to one of the events since the emitter was asked first. */
  hasBeen: boolean;
}

type Add = (
  this: EventEmitter,
  event: string | symbol,
  listener: (...args: unknown[]) => void
) => EventEmitter;

const audiences = new WeakMap<EventEmitter, Audience>();

/** @param relays - how many listeners each of the events has that only pass it on */
export function audienceOf(emitter: EventEmitter, relays: number): Audience {
  const known = audiences.get(emitter);
  if (known) return known;
  const audience = { hasBeen: RELAYED.some(event => emitter.listenerCount(event) > relays) };
  audiences.set(emitter, audience);
  const Class = Object.getPrototypeOf(emitter) as Record<(typeof ADDING)[number], Add>;
  for (const name of ADDING) {
    const value: Add = function (event, listener) {
      audience.hasBeen ||= RELAYED.includes(String(event));
      return Class[name].call(this, event, listener);
    };
    Object.defineProperty(emitter, name, { value, configurable: true, writable: true });
  }
  return audience;
}
