import { EventEmitter } from 'node:events';
import { BSON } from 'mongodb';
import type { Document, MongoClient } from 'mongodb';
import { eventName } from './event-names';
import type { EventCategory } from './event-names';
import type { ClientDescription } from './format';
import { ignoredCommands } from './ignored-commands';
import type { LogRecorder } from './logs';
import type { SpanRecorder } from './span-recorder';
import { untilChange } from './time-limit';

export interface ObservedEvent {
  /** As the test format names it. */
  name: string;
  category: EventCategory;
  event: Document;
}

/** A client, what it has been asked to record, and the connections it has checked out. */
export class ObservedClient {
  readonly events: ObservedEvent[] = [];
  checkedOut = 0;
  #established = 0;
  readonly #isIgnored: (event: Document) => boolean;
  readonly #changed = new EventEmitter();
  readonly #stop: (() => void)[] = [];

  constructor(
    readonly client: MongoClient,
    description: ClientDescription,
    readonly logs: LogRecorder,
    readonly spans: SpanRecorder
  ) {
    this.#isIgnored = ignoredCommands(description);
    this.#listen('connectionCheckedOut', () => this.checkedOut++);
    this.#listen('connectionCheckedIn', () => this.checkedOut--);
    this.#listen('connectionReady', () => this.#established++);
    for (const name of description.observeEvents ?? []) this.#observe(name);
  }

  /** Appends the events of these names to `stored`, as the documents that the format makes of events. */
  store(names: string[], stored: Document[]): void {
    for (const name of names) {
      const { emitted } = eventName(name.charAt(0).toLowerCase() + name.slice(1));
      this.#listen(emitted, event => stored.push({ ...event, name, observedAt: Date.now() / 1000 }));
    }
  }

  stopObserving(): void {
    for (const stop of this.#stop.splice(0)) stop();
    this.logs.stop();
  }

  /** Resolves once `count` of the recorded events satisfy `matches`. */
  async waitForEvents(
    matches: (event: ObservedEvent) => boolean,
    count: number,
    name: string
  ): Promise<void> {
    const seen = (): boolean => this.events.filter(matches).length >= count;
    await untilChange(this.#changed, seen, 10_000, `${count} of ${name} did not come`);
  }

  /** Resolves once the pool holds `size` connections; the events of their making are forgotten. */
  async awaitPoolSize(size: number, milliseconds: number): Promise<void> {
    const full = (): boolean => this.#established >= size;
    await untilChange(this.#changed, full, milliseconds, `the pool did not reach ${size} connections`);
    this.events.splice(0);
  }

  #observe(name: string): void {
    const { category, emitted } = eventName(name);
    this.#listen(emitted, event => {
      if (category === 'command' && this.#isIgnored(event)) return;
      this.events.push({ name, category, event: snapshot(event) });
    });
  }

  #listen(emitted: string, record: (event: Document) => void): void {
    const emitter: EventEmitter = this.client;
    const listener = (event: Document): void => {
      record(event);
      this.#changed.emit('change');
    };
    emitter.on(emitted, listener);
    this.#stop.push(() => emitter.off(emitted, listener));
  }
}

/** Commands share their read and write concerns with the client, which changes them later. */
function snapshot(event: Document): Document {
  if (event.command === undefined) return event;
  const command = BSON.deserialize(BSON.serialize(event.command));
  return Object.create(event, { command: { value: command, enumerable: true } });
}
