import { BSON, MongoServerError } from 'mongodb';
import { Simulator } from '../support/simulator';
import { DoomedOperation } from './application-errors';
import { DiscoveringClient } from './discovering-client';
import { MIN_SUPPORTED_WIRE_VERSION } from './internals';
import { leadTo, useQuietMonitors } from './quiet-network';
import type { ApplicationError, Phase, SdamTest } from './sdam-format';
import { expectOutcome } from './sdam-outcome';
import { defineFolder } from './suite';

/** Long enough for the errors that are to come before a time-out. */
const SOON = 250;

describe('server discovery and monitoring', () => {
  useQuietMonitors();

  for (const kind of ['single', 'rs', 'sharded', 'load-balanced', 'monitoring'] as const) {
    defineFolder({
      path: `server-discovery-and-monitoring/tests/${kind}`,
      parse: BSON.EJSON.parse,
      tests: ({ content }) => [[content.description, () => discover(content as SdamTest)]]
    });
  }

  defineFolder({
    path: 'server-discovery-and-monitoring/tests/errors',
    parse: BSON.EJSON.parse,
    tests: ({ content }) => [[content.description, () => withApplicationErrors(content as SdamTest)]]
  });
});

async function discover({ uri, phases }: SdamTest): Promise<void> {
  const client = await DiscoveringClient.open(uri);
  try {
    for (const phase of phases) {
      for (const [address, reply] of phase.responses ?? []) client.hear(address, reply);
      expectOutcome(phase.outcome, client);
    }
  } finally {
    await client.close();
  }
}

/** Operations of the client run on its pool, against a simulator that takes the part of every server. */
async function withApplicationErrors({ uri, phases }: SdamTest): Promise<void> {
  const simulator = await Simulator.start({ replicaSet: 'rs' });
  const network = leadTo(simulator);
  const client = await DiscoveringClient.open(uri, {
    retryWrites: false,
    ...(mentions(phases, 'timeout') && { connectTimeoutMS: SOON, socketTimeoutMS: SOON })
  });
  try {
    const doomed = new Map<ApplicationError, DoomedOperation>();
    for (const [i, phase] of phases.entries()) {
      for (const [address, reply] of phase.responses ?? []) client.hear(address, reply);
      for (const error of phase.applicationErrors ?? []) {
        if (error.maxWireVersion < MIN_SUPPORTED_WIRE_VERSION) handleError(error, client);
        else
          await (doomed.get(error) ?? (await DoomedOperation.start(error, client.client, simulator))).fail();
      }
      expectOutcome(phase.outcome, client);
      for (const error of dueLater(phases.slice(i + 1), phase)) {
        doomed.set(error, await DoomedOperation.start(error, client.client, simulator));
      }
    }
  } finally {
    await client.close();
    network.undo();
    await simulator.close();
  }
}

/** To a server this old no operation gets, but an error of one would be handled so. */
function handleError({ address, response }: ApplicationError, { topology }: DiscoveringClient): void {
  topology.s.servers.get(address)!.handleError(new MongoServerError(response!));
}

function mentions(phases: Phase[], type: ApplicationError['type']): boolean {
  return phases.some(({ applicationErrors = [] }) => applicationErrors.some(error => error.type === type));
}

/** The errors of later phases that belong to connections of the generation at hand: they are opened now. */
function dueLater(later: Phase[], { responses, outcome }: Phase): ApplicationError[] {
  const errors = later.flatMap(({ applicationErrors = [] }) => applicationErrors);
  return errors.filter(
    ({ address, generation }) =>
      responses !== undefined &&
      generation !== undefined &&
      outcome.servers?.[address]?.pool?.generation === generation
  );
}
