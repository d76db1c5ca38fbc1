import type { ClientSession } from 'mongodb';
import type { OperationDescription } from '../format';
import { snapshotTime } from '../internals';
import type { Operations, RunOperation } from './operation';

export const sessionOperations = (runOperation: RunOperation): Operations<ClientSession> => ({
  abortTransaction: (session, options) => session.abortTransaction(options),

  commitTransaction: (session, options) => session.commitTransaction(options),

  endSession: session => session.endSession(),

  getSnapshotTime: session => snapshotTime(session),

  startTransaction: (session, options) => session.startTransaction(options),

  withTransaction: (session, { callback, ...options }, run) =>
    session.withTransaction(async () => {
      for (const operation of callback as OperationDescription[])
        await runOperation(operation, run, 'propagate');
    }, options)
});
