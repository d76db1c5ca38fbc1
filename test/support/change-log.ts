import type { Document } from 'mongodb';
import type { Handler } from './simulator-script';
import type { Simulator } from './simulator';

/** What becomes of a request for more: an answer with so many events, or whatever else a test makes of it. */
export type Step = number | Handler;

/** What a log's event is counted by. */
export const n = (event: unknown): number => (event as { n: number }).n;

export const fails =
  (code: number, errorLabels: string[] = []): Handler =>
  (_command, reply) =>
    reply.fail(code, `Code${code}`, `fails with ${code}`, { errorLabels });

export const resumable = fails(6, ['ResumableChangeStreamError']);

/**
 * Makes a simulator keep a log of changes, and streams over it, as a server does: events have the resume tokens
 * `{ at: 1 }`, `{ at: 2 }` …, an empty batch has the token of where the stream has come to.
 */
export class ChangeLog {
  /** The tokens with which streams were opened: undefined without one. */
  readonly opened: (number | undefined)[] = [];
  /** What the next requests for more are answered with; a batch of one event when there is nothing here. */
  readonly steps: Step[] = [];
  #at = 0;

  constructor(
    private readonly simulator: Simulator,
    private readonly length: number
  ) {
    simulator.on('aggregate', (command, reply) => {
      const { resumeAfter, startAfter } = command.pipeline[0].$changeStream;
      const token: number | undefined = (resumeAfter ?? startAfter)?.at;
      this.opened.push(token);
      this.#at = token ?? 0;
      return this.#batch(reply.cursor([], { id: 7n }), 'firstBatch', 0);
    });
    simulator.on('getMore', (command, reply, connection) => {
      const step = this.steps.shift() ?? 1;
      if (typeof step === 'function') return step(command, reply, connection);
      return this.#batch(reply.cursor([], { id: 7n, batch: 'nextBatch' }), 'nextBatch', step);
    });
  }

  get closed(): number {
    return this.simulator.commands('killCursors').length;
  }

  /** Time passes, and brings changes that the stream does not ask for: an empty batch has a later token. */
  advance(): void {
    this.#at++;
  }

  #batch(answer: Document, name: string, count: number): Document {
    const events: Document[] = [];
    while (events.length < count && this.#at < this.length) {
      events.push({ _id: { at: ++this.#at }, operationType: 'insert', n: this.#at });
    }
    const { cursor } = answer;
    return {
      cursor: { ...cursor, [name]: events, ...(this.#at && { postBatchResumeToken: { at: this.#at } }) }
    };
  }
}
