import { MongoClient } from 'mongodb';
import type { Document } from 'mongodb';
import { defineFolder, NotApplicable } from '../../specifications/suite';
import { sharedServer } from '../../support/server';
import { compareVersions } from '../../unified/versions';
import type { CmapTest } from './format';
import { matchError, matchEvents } from './match';
import { Play } from './operations';
import { Recorder } from './recorder';
import { createPool } from './subject';
import type { Subject } from './subject';

/** Defines a mocha test for each of the specification's tests of pools. */
export function defineCmapTests(subject: Subject): void {
  let uri: string;
  let admin: MongoClient;

  before(async () => {
    uri = (await sharedServer()).uri;
    admin = new MongoClient(uri);
  });

  after(() => admin?.close());

  defineFolder({
    path: 'connection-monitoring-and-pooling/tests/cmap-format',
    tests: ({ content }) => {
      const test = content as CmapTest;
      return [[test.description, () => runOnServer(test)]];
    }
  });

  async function runOnServer(test: CmapTest): Promise<void> {
    const reason = await unmetRequirement(test, admin);
    if (reason) throw new NotApplicable(reason);
    await withFailPoint(test.failPoint, admin, () => runTest(subject, test, uri));
  }
}

async function runTest(subject: Subject, test: CmapTest, uri: string): Promise<void> {
  const pool = createPool(subject, uri, test.poolOptions);
  const recorder = new Recorder(pool);
  const play = new Play(pool, recorder);
  try {
    await Promise.resolve(); // a pool announces itself a moment after it is made
    const error = await runOperations(play, test);
    matchError(test, error);
    matchEvents(test, recorder.events);
  } finally {
    play.close();
  }
}

/** What the main thread threw, if it did. */
async function runOperations(play: Play, { operations }: CmapTest): Promise<unknown> {
  try {
    for (const operation of operations) await play.run(operation);
    return undefined;
  } catch (error) {
    return error;
  }
}

async function withFailPoint(
  failPoint: Document | undefined,
  admin: MongoClient,
  work: () => Promise<void>
): Promise<void> {
  if (!failPoint) return work();
  const command = (document: Document): Promise<Document> => admin.db('admin').command(document);
  await command(failPoint);
  try {
    await work();
  } finally {
    await command({ configureFailPoint: failPoint.configureFailPoint, mode: 'off' });
  }
}

async function unmetRequirement({ runOn }: CmapTest, admin: MongoClient): Promise<string | undefined> {
  if (!runOn) return undefined;
  const { version } = await admin.db('admin').command({ buildInfo: 1 });
  const met = runOn.some(
    ({ minServerVersion = '0', maxServerVersion = '999' }) =>
      compareVersions(version, minServerVersion) >= 0 && compareVersions(version, maxServerVersion) <= 0
  );
  return met ? undefined : `needs another version of the server than ${version}`;
}
