import dns from 'node:dns';
import { expect } from 'chai';
import type { Document, MongoClient } from 'mongodb';
import { failure } from '../support/bounds';
import { DiscoveringClient } from './discovering-client';
import { optionValue } from './option-values';
import { useQuietMonitors } from './quiet-network';
import { resolve } from './seed-list-zone';
import { defineFolder } from './suite';

interface SeedListTest {
  uri: string;
  seeds?: string[];
  numSeeds?: number;
  options?: Document;
  parsed_options?: Record<string, string>;
  error?: boolean;
  comment?: string;
}

describe('the initial DNS seed list', () => {
  const { resolve: asInternet } = dns.promises;
  useQuietMonitors();

  before(() => {
    dns.promises.resolve = resolve as typeof asInternet;
  });

  after(() => {
    dns.promises.resolve = asInternet;
  });

  for (const kind of ['replica-set', 'sharded', 'load-balanced'] as const) {
    defineFolder({
      path: `initial-dns-seedlist-discovery/tests/${kind}`,
      tests: ({ content }) => [[content.comment ?? content.uri, () => discover(content as SeedListTest)]]
    });
  }
});

async function discover(test: SeedListTest): Promise<void> {
  const opening = open(test);
  if (test.error) return void (await failure(opening));
  const discovering = await opening;
  const { client, topology } = discovering;
  try {
    const seeds = [...topology.description.servers.keys()].sort();
    if (test.seeds) expect(seeds).to.deep.equal(test.seeds);
    if (test.numSeeds !== undefined) expect(seeds).to.have.lengthOf(test.numSeeds);
    for (const [name, value] of Object.entries({ ...test.options, ...test.parsed_options })) {
      expect(valueOf(client, name), name).to.equal(value);
    }
  } finally {
    await discovering.close();
  }
}

/** Where a client authenticates is known of those alone that do. */
async function open({ uri, options }: SeedListTest): Promise<DiscoveringClient> {
  const auth = { username: 'user', password: 'password' };
  return await DiscoveringClient.open(uri, options?.authSource === undefined ? {} : { auth });
}

type Read = (options: MongoClient['options']) => unknown;

const database: Read = ({ dbName }) => dbName;

const places: Record<string, Read> = {
  ssl: ({ tls }) => tls,
  user: ({ credentials }) => credentials?.username,
  password: ({ credentials }) => credentials?.password,
  db: database,
  defaultDatabase: database,
  auth_database: database
};

function valueOf(client: MongoClient, name: string): unknown {
  return places[name]?.(client.options) ?? optionValue(client, name);
}
