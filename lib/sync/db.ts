/* The database's methods, in sync style. */
import type { Db as DriverDb, Document, MongoClient, RunCommandOptions } from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import { namespaceOf, resolveBSONOptions, resolveOptions, RunCommandOperation } from '../driver.js';
import { execute } from '../execute.js';

type Db = DriverDb & { readonly client: MongoClient };

/** Nothing is inherited from the database: the command runs as it is given. Source: the Run Command specification. */
export function* command(
  this: Db,
  command: Document,
  options?: RunCommandOptions & { signal?: AbortSignal }
): SyncStyle<Document> {
  const { session, readPreference, signal } = options ?? {};
  const own = { ...resolveBSONOptions(options), session, readPreference, signal };
  return yield* execute(
    this,
    new RunCommandOperation(namespaceOf(this), command, resolveOptions(undefined, own))
  );
}
