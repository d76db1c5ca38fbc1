import { expect } from 'chai';
import * as driver from 'mongodb';
import { AsyncLocalStorage } from 'node:async_hooks';
import { ClientSession, type Collection, type Document, MongoClient } from '../../lib';
import { settle } from '../support/bounds';
import { withFailPoint } from '../support/fail-point';
import { activeSessions } from '../support/inside';
import { sharedServer } from '../support/server';
import { styles } from '../support/styles';
import { bodies } from './bodies';

describe('a session, in every style', () => {
  let client: MongoClient;
  let users: Collection<Document>;
  let session: ClientSession;
  before(async function () {
    this.timeout(60_000);
    client = new MongoClient((await sharedServer()).uri);
    users = client.db('motor_sessions').collection('users');
  });
  after(async () => {
    await users.db.dropDatabase();
    await client.close();
  });
  beforeEach(async () => {
    await users.deleteMany({});
    await users.insertOne({ name: 'Eve' });
    session = client.startSession();
  });
  afterEach(async () => {
    await session.endSession();
    expect(activeSessions(client)).to.equal(0);
  });

  const ids = async (): Promise<unknown[]> =>
    (await users.find({ name: 'Ada' }).toArray()).map(({ _id }) => _id);

  it("is of our class, which is the driver's too; one that is implicit is the driver's", () => {
    expect(session).to.be.instanceOf(ClientSession).and.instanceOf(driver.ClientSession);
    const implicit = client.startSession({ explicit: false } as driver.ClientSessionOptions);
    expect(implicit).not.to.be.instanceOf(ClientSession);
    return implicit.endSession();
  });

  for (const [outer, call] of Object.entries(styles)) {
    for (const [inner, make] of Object.entries(bodies)) {
      it(`commits what a body wrote, and gives what it gives: ${inner}, in ${outer} style`, async () => {
        const given = await call(session, 'withTransaction', make(users));
        expect(await ids()).to.deep.equal([given]);
        const again = await call(session, 'withTransaction', make(users), { readConcern: 'snapshot' });
        expect(await ids()).to.have.deep.members([given, again]);
      });

      it(`aborts when a body fails, with its error: ${inner}, in ${outer} style`, async () => {
        const fault = new RangeError('a fault');
        const { error } = await settle(call(session, 'withTransaction', make(users, fault)));
        expect(error).to.equal(fault);
        expect(await ids()).to.deep.equal([]);
        expect(session.inTransaction()).to.equal(false);
      });

      it(`runs a body again after an error that may pass: ${inner}, in ${outer} style`, async () => {
        const data = { failCommands: ['insert'], errorCode: 24, errorLabels: ['TransientTransactionError'] };
        const given = await withFailPoint(client, data, 2, () =>
          call(session, 'withTransaction', make(users))
        );
        expect(await ids()).to.deep.equal([given]);
      });

      it(`lives as long as the body of withSession: ${inner}, in ${outer} style`, async () => {
        const given = [
          await call(client, 'withSession', make(users)),
          await call(client, 'withSession', { causalConsistency: false }, make(users))
        ];
        expect(await ids()).to.have.deep.members(given);
        const fault = new RangeError('a fault');
        const { error } = await settle(call(client, 'withSession', make(users, fault)));
        expect(error).to.equal(fault);
        expect(activeSessions(client)).to.equal(1); // the one that beforeEach made
      });
    }

    it(`commits, aborts and ends, in ${outer} style`, async () => {
      session.startTransaction();
      const { insertedId } = await users.insertOne({ name: 'Ada' }, { session });
      expect(await call(session, 'commitTransaction')).to.equal(undefined);
      session.startTransaction();
      await users.insertOne({ name: 'Ada' }, { session });
      expect(await call(session, 'abortTransaction', {})).to.equal(undefined);
      expect(await ids()).to.deep.equal([insertedId]);
      const { error } = await settle(call(session, 'abortTransaction'));
      expect(error).to.be.instanceOf(driver.MongoTransactionError);
      expect(error?.stack).to.include(__filename);
      await call(session, 'endSession');
      expect(session.hasEnded).to.equal(true);
    });

    it(`aborts its transaction and ends when it is disposed of, in ${outer} style`, async () => {
      session.startTransaction();
      await users.insertOne({ name: 'Ada' }, { session });
      await call({ dispose: session[Symbol.asyncDispose].bind(session) }, 'dispose');
      expect(session.hasEnded).to.equal(true);
      expect(await ids()).to.deep.equal([]);
    });

    it(`refuses what is no body, in ${outer} style`, async () => {
      const refused = [
        await settle(call(session, 'withTransaction', 5, {})),
        await settle(call(client, 'withSession', {}, 'body'))
      ];
      for (const { error } of refused) expect(error).to.be.instanceOf(TypeError);
      expect(refused.map(({ error }) => error?.message.split(' ')[0])).to.deep.equal([
        'withTransaction()',
        'withSession()'
      ]);
      const { error } = await settle(call(client, 'withSession', {}, undefined));
      expect(error).to.be.instanceOf(driver.MongoInvalidArgumentError);
      const nothing = await settle(call(session, 'withTransaction', () => 5, {}));
      expect(nothing.error).to.be.instanceOf(driver.MongoInvalidArgumentError);
      expect(session.inTransaction()).to.equal(false);
    });
  }

  it('keeps the async context of the call in the body, and in what it awaits', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    await context.run('caller', () =>
      session.withTransaction(function* (session) {
        seen.push(context.getStore());
        yield* users.insertOne({ name: 'Ada' }, { session });
        seen.push(context.getStore());
      })
    );
    expect(seen).to.deep.equal(['caller', 'caller']);
  });
});
