import type { EntityDescription, OperationDescription } from './format';

/** Why a test's result would be luck, if so: with `timeoutMS` ignored, it gives every reply a millisecond to arrive. */
export function leftToChance(operations: OperationDescription[]): string | undefined {
  const entities: EntityDescription[] = operations.flatMap(operation => operation.arguments?.entities ?? []);
  const hasty = entities.some(({ client }) => client?.uriOptions?.socketTimeoutMS === 1);
  return hasty ? 'leaves 1 ms for a reply, and this driver has no timeoutMS to override that' : undefined;
}
