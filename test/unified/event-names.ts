import { InvalidTest } from './mismatch';

export type EventCategory = 'command' | 'cmap' | 'sdam';

interface EventName {
  category: EventCategory;
  /** The name the client emits it by. */
  emitted: string;
}

const command = (emitted: string): EventName => ({ category: 'command', emitted });
const cmap = (emitted: string): EventName => ({ category: 'cmap', emitted });
const sdam = (emitted: string): EventName => ({ category: 'sdam', emitted });

/** The test format's names of events, and the driver's. */
const names: Record<string, EventName> = {
  commandStartedEvent: command('commandStarted'),
  commandSucceededEvent: command('commandSucceeded'),
  commandFailedEvent: command('commandFailed'),
  poolCreatedEvent: cmap('connectionPoolCreated'),
  poolReadyEvent: cmap('connectionPoolReady'),
  poolClearedEvent: cmap('connectionPoolCleared'),
  poolClosedEvent: cmap('connectionPoolClosed'),
  connectionCreatedEvent: cmap('connectionCreated'),
  connectionReadyEvent: cmap('connectionReady'),
  connectionClosedEvent: cmap('connectionClosed'),
  connectionCheckOutStartedEvent: cmap('connectionCheckOutStarted'),
  connectionCheckOutFailedEvent: cmap('connectionCheckOutFailed'),
  connectionCheckedOutEvent: cmap('connectionCheckedOut'),
  connectionCheckedInEvent: cmap('connectionCheckedIn'),
  serverDescriptionChangedEvent: sdam('serverDescriptionChanged'),
  serverHeartbeatStartedEvent: sdam('serverHeartbeatStarted'),
  serverHeartbeatSucceededEvent: sdam('serverHeartbeatSucceeded'),
  serverHeartbeatFailedEvent: sdam('serverHeartbeatFailed'),
  topologyDescriptionChangedEvent: sdam('topologyDescriptionChanged'),
  topologyOpeningEvent: sdam('topologyOpening'),
  topologyClosedEvent: sdam('topologyClosed')
};

export function eventName(name: string): EventName {
  const found = names[name];
  if (!found) throw new InvalidTest(`unknown event ${name}`);
  return found;
}
