import type { OperationDescription } from '../format';

/** Operations of the test format that the driver has no method for. */
const unavailable: Record<string, string> = {
  deleteByName: 'a bucket of this driver deletes by id only',
  listDatabaseObjects: 'this driver lists databases as documents only',
  mapReduce: 'this driver has no mapReduce since its fifth version',
  renameByName: 'a bucket of this driver renames by id only'
};

/** Why the driver cannot do one of the operations, if so. */
export function unavailableOperation(operations: OperationDescription[]): string | undefined {
  for (const { name, arguments: args = {} } of operations) {
    const nested = args.callback ?? args.operations ?? (args.operation ? [args.operation] : []);
    const reason = unavailable[name] ?? unavailableOperation(nested);
    if (reason) return reason;
  }
  return undefined;
}
