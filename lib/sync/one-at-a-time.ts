/* What must not be under way twice for the same object. */
import { type SyncStyle, waitFor } from '../coroutine.js';
import { Future } from '../future.js';

/** A run that is under way. Its future is made when somebody waits for it, which hardly ever happens. */
class Run {
  #ended: ReturnType<typeof Future.defer<void>> | undefined = undefined;

  get ended(): Future<void> {
    return (this.#ended ??= Future.defer<void>()).future;
  }

  end(): void {
    this.#ended?.resolve();
  }

  fail(error: unknown): void {
    this.#ended?.reject(error);
  }
}

/** Runs something for an object once at a time. Who comes meanwhile waits for the run that is under way, and fails as it does. */
export class OneAtATime<T extends object> {
  readonly #underWay = new WeakMap<T, Run>();

  /** Lets the next run begin at once. Gives whether there is one under way, for which nobody who comes from now on waits. */
  forget(object: T): boolean {
    return this.#underWay.delete(object);
  }

  /** @param work - not started yet; it is dropped when there is a run already */
  *run(object: T, work: SyncStyle<void>): SyncStyle<void> {
    const underWay = this.#underWay.get(object);
    if (underWay) return yield* waitFor(underWay.ended);
    const run = new Run();
    this.#underWay.set(object, run);
    try {
      yield* work;
      run.end();
    } catch (error) {
      run.fail(error);
      throw error;
    } finally {
      if (this.#underWay.get(object) === run) this.#underWay.delete(object);
    }
  }
}
