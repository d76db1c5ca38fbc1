import type { Document } from 'mongodb';
import type { OperationDescription } from './format';
import { isRunnerError } from './mismatch';
import type { RunOperation } from './operations/operation';
import type { TestRun } from './test-run';

/** The format leaves the end of a loop to whoever runs the test. */
const loopMilliseconds = 1_000;

/** Runs operations over and over, and keeps what becomes of them in the entities it is told to. */
export async function loop(run: TestRun, args: Document, runOperation: RunOperation): Promise<void> {
  const ledger = new Ledger(run, args);
  const end = performance.now() + loopMilliseconds;
  while (performance.now() < end) {
    try {
      for (const operation of args.operations as OperationDescription[]) {
        await runOperation(operation, run);
        ledger.successes++;
      }
    } catch (error) {
      ledger.keep(error as Error);
    }
    ledger.iterations++;
  }
  ledger.close();
}

/** A driver's error that no test expects comes as the cause of a mismatch; it is an error all the same. */
function isFailure(error: Error): boolean {
  return isRunnerError(error) && error.cause === undefined;
}

/** An error may be kept with the failures and a failure with the errors, if there is but one list. */
class Ledger {
  iterations = 0;
  successes = 0;
  readonly #errors?: Document[];
  readonly #failures?: Document[];

  constructor(
    private readonly run: TestRun,
    private readonly args: Document
  ) {
    this.#errors = this.#list(args.storeErrorsAsEntity);
    this.#failures = this.#list(args.storeFailuresAsEntity);
  }

  keep(error: Error): void {
    const lists = [this.#errors, this.#failures];
    const [first, second] = isFailure(error) ? lists.reverse() : lists;
    const list = first ?? second;
    if (!list) throw error;
    list.push({ error: error.message, time: Date.now() / 1000 });
  }

  close(): void {
    const { storeIterationsAsEntity, storeSuccessesAsEntity } = this.args;
    if (storeIterationsAsEntity) this.run.entities.add('value', storeIterationsAsEntity, this.iterations);
    if (storeSuccessesAsEntity) this.run.entities.add('value', storeSuccessesAsEntity, this.successes);
  }

  #list(id: string | undefined): Document[] | undefined {
    if (id === undefined) return undefined;
    const list: Document[] = [];
    this.run.entities.add('value', id, list);
    return list;
  }
}
