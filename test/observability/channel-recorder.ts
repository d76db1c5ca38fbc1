import { tracingChannel } from 'node:diagnostics_channel';

export type Message = [channel: string, phase: string, context: Record<string, unknown>];

const PHASES = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;

/** Everything that is told on the channels of these names, until `stop` is called. */
export function recordChannels(...names: string[]): { messages: Message[]; stop: () => void } {
  const messages: Message[] = [];
  const stops = names.map(name => {
    const channel = tracingChannel(`mongo-motor:${name}`);
    const subscriptions = PHASES.map(phase => {
      const record = (context: unknown): void =>
        void messages.push([name, phase, context as Record<string, unknown>]);
      channel[phase].subscribe(record);
      return () => channel[phase].unsubscribe(record);
    });
    return () => subscriptions.forEach(stop => stop());
  });
  return { messages, stop: () => stops.forEach(stop => stop()) };
}
