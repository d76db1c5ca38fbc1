import type { ClientBulkWriteModel, ClientBulkWriteResult, Document } from 'mongodb';

/** `{ insertOne: { … } }` as the driver takes it: `{ name: 'insertOne', … }`. */
export function clientWriteModel(model: Document): ClientBulkWriteModel {
  const [[name, fields] = []] = Object.entries(model);
  return { name, ...fields };
}

/** A client's bulk write result in the specification's words, which have no `didUpsert`: the `upsertedId` tells it. */
export function bulkWriteDocument(result: ClientBulkWriteResult): Document {
  const updates = [...(result.updateResults ?? [])].map(([index, { didUpsert: _, ...update }]) => [
    index,
    update
  ]);
  return { ...result, ...(result.updateResults && { updateResults: Object.fromEntries(updates) }) };
}
