import type { Document } from 'mongodb';
import type { ClientDescription } from './format';

/** Commands whose events the format leaves out, because they carry secrets. */
const sensitiveCommands = [
  'authenticate',
  'saslStart',
  'saslContinue',
  'getnonce',
  'createUser',
  'updateUser',
  'copydbgetnonce',
  'copydbsaslstart',
  'copydb'
];

const handshakes = ['hello', 'ismaster', 'isMaster'];

/** Tells which command events a client's description leaves out. */
export function ignoredCommands(description: ClientDescription): (event: Document) => boolean {
  const { observeSensitiveCommands = false, ignoreCommandMonitoringEvents = [] } = description;
  const names = new Set(['configureFailPoint', ...ignoreCommandMonitoringEvents]);
  if (!observeSensitiveCommands) sensitiveCommands.forEach(name => names.add(name));
  return event => names.has(event.commandName) || (!observeSensitiveCommands && isEmptiedHandshake(event));
}

/** A handshake is sensitive when it authenticates, which shows in nothing but its emptied document. */
function isEmptiedHandshake({ commandName, command, reply }: Document): boolean {
  const contents = command ?? reply;
  return handshakes.includes(commandName) && contents !== undefined && Object.keys(contents).length === 0;
}
