import type {
  CommandOperationOptions,
  Db,
  Document,
  ListDatabasesOptions,
  ListDatabasesResult,
  RemoveUserOptions,
  RunCommandOptions,
  ValidateCollectionOptions
} from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import type { MongoClient } from './client.js';
import { DriverAdmin } from './driver.js';
import type { Method } from './styles.js';
import * as sync from './sync/admin.js';

type Run = Method<[options?: CommandOperationOptions], Document>;

/** The driver's `Admin`, in every style: commands about a whole server. Made by `Db.admin`. */
export class Admin extends DriverAdmin {
  /** @internal */
  declare readonly s: { readonly db: Db & { readonly client: MongoClient } };

  constructor(db: Db) {
    super(db);
  }
}

/** Made by the table below. */
export interface Admin {
  /** Runs a command on the database `admin`, as it is given. */
  command: Method<[command: Document, options?: RunCommandOptions], Document>;
  buildInfo: Run;
  /** The same as `buildInfo`. */
  serverInfo: Run;
  serverStatus: Run;
  ping: Run;
  replSetGetStatus: Run;
  /** Removes a user from the database `admin`. */
  removeUser: Method<[username: string, options?: RemoveUserOptions], boolean>;
  /** Validates a collection of the database that this was made of; an error when it is not valid. */
  validateCollection: Method<[collectionName: string, options?: ValidateCollectionOptions], Document>;
  listDatabases: Method<[options?: ListDatabasesOptions], ListDatabasesResult>;
}

asynchronizeClass(Admin, {
  async: {
    command: sync.command,
    buildInfo: sync.buildInfo,
    serverInfo: sync.buildInfo,
    serverStatus: sync.serverStatus,
    ping: sync.ping,
    replSetGetStatus: sync.replSetGetStatus,
    removeUser: sync.removeUser,
    validateCollection: sync.validateCollection,
    listDatabases: sync.listDatabases
  },
  callerStack: (admin?: Admin) => admin?.s.db.client.callerStack
});
