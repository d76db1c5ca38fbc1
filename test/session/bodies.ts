import type { ClientSession, Collection, Document } from '../../lib';
import type { SessionBody, SessionCallbackBody } from '../../lib';

type Made = SessionBody<unknown> | SessionCallbackBody;

/** Functions of every style that insert a document in a session, give its id, and fail if there is an error to fail with. */
export const bodies: Record<string, (users: Collection<Document>, failure?: Error) => Made> = {
  'an async function': (users, failure) => async (session: ClientSession) => {
    const { insertedId } = await users.insertOne({ name: 'Ada' }, { session });
    if (failure) throw failure;
    return insertedId;
  },
  'a function that returns a promise': (users, failure) => (session: ClientSession) =>
    users.insertOne({ name: 'Ada' }, { session }).then(({ insertedId }) => {
      if (failure) throw failure;
      return insertedId;
    }),
  'a generator function': (users, failure) =>
    function* (session: ClientSession) {
      return yield* inserted(users, session, failure);
    },
  'a function that returns a generator': (users, failure) => (session: ClientSession) =>
    inserted(users, session, failure),
  'a function that calls back': (users, failure) => (session, done) =>
    users.insertOne({ name: 'Ada' }, { session }, (error, result) =>
      done(error ?? failure, result?.insertedId)
    )
};

function* inserted(
  users: Collection<Document>,
  session: ClientSession,
  failure?: Error
): Generator<unknown, unknown, unknown> {
  const { insertedId } = yield* users.insertOne({ name: 'Ada' }, { session });
  if (failure) throw failure;
  return insertedId;
}
