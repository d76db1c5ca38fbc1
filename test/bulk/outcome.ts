import { MongoBulkWriteError, type BulkWriteResult } from 'mongodb';
import { settle } from '../support/bounds';

/** What a bulk write gave, with all that its result or error has to say, also by methods. */
export async function told(writing: Promise<unknown>): Promise<unknown> {
  const { value, error } = await settle(writing);
  const result = error instanceof MongoBulkWriteError ? error.result : (value as BulkWriteResult | undefined);
  if (typeof result?.getRawResponse !== 'function') return { value, error };
  const { insertedIds, upsertedIds } = result;
  return {
    value,
    error,
    labels: error instanceof MongoBulkWriteError ? [...error.errorLabels] : [],
    ids: { insertedIds, upsertedIds },
    raw: result.getRawResponse(),
    writeErrors: result.getWriteErrors().map(writeError => writeError.toJSON()),
    writeConcernError: result.getWriteConcernError()?.toJSON(),
    ok: [result.ok, result.isOk(), result.hasWriteErrors(), result.getWriteErrorCount()],
    text: String(result)
  };
}
