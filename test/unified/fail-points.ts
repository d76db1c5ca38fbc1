import { MongoClient } from 'mongodb';
import type { Document } from 'mongodb';
import { withOptions } from './connection-string';

/** The fail points a test has set, so that they do not outlive it. */
export class FailPoints {
  readonly #disable: (() => Promise<unknown>)[] = [];

  constructor(private readonly internal: MongoClient) {}

  /** Sets it through the test's client, on the server that client finds. */
  async set(failPoint: Document, client: MongoClient): Promise<void> {
    this.#disable.unshift(() => this.internal.db('admin').command(off(failPoint)));
    await client.db('admin').command(failPoint, { readPreference: 'primary' });
  }

  /** Sets it on one server of a cluster. */
  async setOn(address: string, uri: string, failPoint: Document): Promise<void> {
    const server = direct(uri, address);
    const command = async (document: Document): Promise<void> => {
      const client = new MongoClient(server);
      await client
        .db('admin')
        .command(document)
        .finally(() => client.close());
    };
    this.#disable.unshift(() => command(off(failPoint)));
    await command(failPoint);
  }

  async disableAll(): Promise<void> {
    for (const disable of this.#disable.splice(0)) await disable();
  }
}

function off({ configureFailPoint }: Document): Document {
  return { configureFailPoint, mode: 'off' };
}

function direct(uri: string, address: string): string {
  const single = uri.replace(/^(\w+:\/\/(?:[^@/]*@)?)[^/?]+/, (_match, scheme) => scheme + address);
  return withOptions(single, { directConnection: true });
}
