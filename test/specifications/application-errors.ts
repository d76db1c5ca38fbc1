import { once } from 'node:events';
import type { MongoClient } from 'mongodb';
import { failure, settle, within } from '../support/bounds';
import type { Outcome } from '../support/bounds';
import type { Simulator } from '../support/simulator';
import type { Reply } from '../support/simulator-reply';
import type { ApplicationError } from './sdam-format';

/** An operation whose request has arrived, and is left unanswered until the error that it is to end in is due. */
export class DoomedOperation {
  private constructor(
    private readonly error: ApplicationError,
    private readonly client: MongoClient,
    private readonly reply: Reply,
    private readonly outcome: Promise<Outcome<unknown>>
  ) {}

  static async start(
    error: ApplicationError,
    client: MongoClient,
    simulator: Simulator
  ): Promise<DoomedOperation> {
    simulator.hello.shape.maxWireVersion = error.maxWireVersion;
    const request = error.when === 'beforeHandshakeCompletes' ? 'handshake' : 'insert';
    const arrived = new Promise<Reply>(resolve => {
      simulator.once(request, (_command, reply) => resolve(reply));
    });
    const outcome = settle(client.db('test').collection('test').insertOne({}));
    const reply = await within(2000, `the ${request}`, arrived);
    return new DoomedOperation(error, client, reply, outcome);
  }

  /** Lets the error happen, and the client hear of it. */
  async fail(): Promise<void> {
    const closed =
      this.error.when === 'beforeHandshakeCompletes' ? once(this.client, 'connectionClosed') : undefined;
    if (this.error.type === 'command') this.reply.send(this.error.response);
    if (this.error.type === 'network') this.reply.connection.reset();
    if (closed) await within(2000, 'the close', closed);
    await failure(this.outcome.then(({ value, error }) => (error ? Promise.reject(error) : value)));
  }
}
