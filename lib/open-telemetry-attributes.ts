/* The attributes of spans. Source: the drivers' OpenTelemetry specification, and its tests where they are later. */
import { BSON, type Document, MongoError } from 'mongodb';
import type { CommandContext, OperationContext } from './channel-contexts.js';
import type { Attributes } from './open-telemetry-api.js';

export const SYSTEM: Attributes = Object.freeze({ 'db.system.name': 'mongodb' });

/** What every command has, and tells nothing of the query. */
const NOT_IN_TEXT = ['lsid', '$db', '$clusterTime', 'signature'];

export function ofOperation({ operation, database, collection }: OperationContext): {
  name: string;
  attributes: Attributes;
} {
  const name = `${operation} ${namespace(database, collection)}`;
  const attributes = {
    ...SYSTEM,
    ...ofNamespace(database, collection),
    'db.operation.name': operation,
    'db.operation.summary': name
  };
  return { name, attributes };
}

/** @param textMaxLength - how many characters of the command there may be; 0 for none */
export function ofCommand(context: CommandContext, textMaxLength: number): Attributes {
  const { commandName, database, collection, connectionId, serverConnectionId, command } = context;
  const attributes: Attributes = {
    ...SYSTEM,
    ...ofNamespace(database, collection),
    ...ofAddress(context.address),
    'db.command.name': commandName,
    'db.query.summary': `${commandName} ${namespace(database, collection)}`,
    'db.mongodb.driver_connection_id': connectionId
  };
  if (serverConnectionId !== null) attributes['db.mongodb.server_connection_id'] = Number(serverConnectionId);
  if (command) Object.assign(attributes, ofSession(command));
  if (command && textMaxLength > 0) attributes['db.query.text'] = textOf(command, textMaxLength);
  return attributes;
}

/** What is known of a command when it has ended. */
export function afterwards({ cursorId, error }: CommandContext): Attributes {
  const attributes: Attributes = {};
  if (cursorId) attributes['db.mongodb.cursor_id'] = Number(cursorId);
  if (error instanceof MongoError && error.code !== undefined) {
    attributes['db.response.status_code'] = String(error.code);
  }
  return attributes;
}

export function ofError(error: Error): Attributes {
  return {
    'exception.message': error.message,
    'exception.type': error.name,
    'exception.stacktrace': error.stack ?? ''
  };
}

function namespace(database: string, collection: string | undefined): string {
  return collection === undefined ? database : `${database}.${collection}`;
}

function ofNamespace(database: string, collection: string | undefined): Attributes {
  const attributes: Attributes = { 'db.namespace': database };
  if (collection !== undefined) attributes['db.collection.name'] = collection;
  return attributes;
}

/** "host:port", "[::1]:port", or the path of a socket. */
function ofAddress(address: string): Attributes {
  const parts = /^\[?(.*?)\]?:(\d+)$/.exec(address);
  if (!parts) return { 'network.transport': 'unix', 'server.address': address };
  return { 'network.transport': 'tcp', 'server.address': parts[1]!, 'server.port': Number(parts[2]) };
}

/** The session's id as a UUID is written, and the number of its transaction or retryable write. */
function ofSession({ lsid, txnNumber }: Document): Attributes {
  const attributes: Attributes = {};
  const id: unknown = lsid?.id;
  if (id instanceof BSON.Binary) attributes['db.mongodb.lsid'] = id.toUUID().toHexString();
  if (txnNumber !== undefined) attributes['db.mongodb.txn_number'] = Number(txnNumber);
  return attributes;
}

function textOf(command: Document, maxLength: number): string {
  const shown = Object.entries(command).filter(([name]) => !NOT_IN_TEXT.includes(name));
  const text = BSON.EJSON.stringify(Object.fromEntries(shown));
  return text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
}
