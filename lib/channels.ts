/*
 * What this library does, told on the tracing channels of `node:diagnostics_channel`: `tracing:mongo-motor:operation`,
 * `tracing:mongo-motor:checkout` and `tracing:mongo-motor:command`, each with `:start`, `:end`, `:asyncStart`,
 * `:asyncEnd` and `:error`. Contexts: {@link OperationContext}, {@link CheckOutContext}, {@link CommandContext}.
 *
 * What a subscriber binds to `start` (`bindStore`) is seen by all that happens inside: an operation's check-outs and
 * commands, and the events they emit. A subscriber that throws is reported by Node as an uncaught exception, and what is
 * under way goes on.
 */
import { tracingChannel, type TracingChannel } from 'node:diagnostics_channel';
import { Coroutine, type SyncStyle, waitFor } from './coroutine.js';

/** From the call to its result: selecting a server, checking a connection out, the command, what is tried again. */
export const operations = tracingChannel('mongo-motor:operation');
/** From asking for a connection to having it. */
export const checkOuts = tracingChannel('mongo-motor:checkout');
/** From a command to its reply, each attempt of an operation apart. Handshakes and monitors are not told of. */
export const commands = tracingChannel('mongo-motor:command');

/** Runs `code` as what a channel tells of, in a coroutine of its own, whose async context the subscribers may add to. */
export function* traced<T>(channel: TracingChannel, context: object, code: SyncStyle<T>): SyncStyle<T> {
  let result!: T;
  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const keep = (value: T): void => resolve(void (result = value)); // not for subscribers: it is the user's data
      new Coroutine(code, { resolve: keep, reject }).start();
    });
  yield* waitFor(channel.tracePromise(run, context));
  return result;
}
