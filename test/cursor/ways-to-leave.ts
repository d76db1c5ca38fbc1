import { expect } from 'chai';
import type { AbstractCursor } from 'mongodb';
import { coroutine, type FindCursor } from '../../lib';
import { failure, until } from '../support/bounds';
import type { Simulator } from '../support/simulator';

export interface Numbered {
  _id: number;
}

/** One of ours, whatever it reads. */
export type Cursor = Pick<FindCursor<Numbered>, 'next' | 'close' | 'nextBatch'> & AbstractCursor<Numbered>;

interface Way {
  leave(cursor: Cursor, abort: AbortController, simulator: Simulator): Promise<unknown>;
  /** How many commands are needed to close what is open on the server. */
  kills: number;
}

/** The reply comes all the same, later, as from a server that knows nothing of it. */
function abortInNextBatch(abort: AbortController, simulator: Simulator): void {
  simulator.once('getMore', (_command, reply) => {
    abort.abort(new Error('no more'));
    void reply.later(20, reply.cursor([{ _id: 3 }], { id: 1n, batch: 'nextBatch' }));
  });
}

/** Of a cursor over the numbers from 0 to 9, in batches of three. */
export const ways: Record<string, Way> = {
  'at its end': { kills: 0, leave: cursor => cursor.toArray() },
  'after the last document, before the end is read': {
    kills: 0,
    leave: async cursor => {
      for (let i = 0; i < 10; i++) await cursor.next();
    }
  },
  'by close': { kills: 1, leave: async cursor => void (await cursor.next(), await cursor.close()) },
  'by close, twice at once': {
    kills: 1,
    leave: async cursor => void (await cursor.next(), await Promise.all([cursor.close(), cursor.close()]))
  },
  'by break': {
    kills: 1,
    leave: async cursor => {
      for await (const { _id } of cursor) if (_id === 4) break;
    }
  },
  'by break at the last document': {
    kills: 0,
    leave: async cursor => {
      for await (const { _id } of cursor) if (_id === 9) break;
    }
  },
  'by an error in a loop': {
    kills: 1,
    leave: cursor =>
      failure(
        (async () => {
          for await (const { _id } of cursor) throw new Error(`at ${_id}`);
        })()
      )
  },
  'by false in forEach': { kills: 1, leave: cursor => cursor.forEach(({ _id }) => _id < 5) },
  'by an error in forEach': {
    kills: 1,
    leave: cursor =>
      failure(
        cursor.forEach(() => {
          throw new Error('a fault');
        })
      )
  },
  'by an error in map': {
    kills: 1,
    leave: cursor =>
      failure(
        cursor
          .map((): Numbered => {
            throw new Error('a fault');
          })
          .toArray()
      )
  },
  'by rewind': { kills: 1, leave: async cursor => void (await cursor.next(), cursor.rewind()) },
  'by a stream that is destroyed': {
    kills: 1,
    leave: async cursor => {
      const stream = cursor.stream();
      await new Promise(resolve => stream.once('data', resolve));
      stream.destroy();
      await until('the stream is closed', () => stream.closed);
    }
  },
  'by a signal between batches': {
    kills: 1,
    leave: async (cursor, abort) => {
      await cursor.next();
      abort.abort(new Error('no more'));
      expect((await failure(cursor.toArray())).message).to.equal('no more');
    }
  },
  'by a signal while a batch is on its way': {
    kills: 1,
    leave: async (cursor, abort, simulator) => {
      abortInNextBatch(abort, simulator);
      expect((await failure(cursor.toArray())).message).to.equal('no more');
    }
  },
  'by a signal while a batch is on its way to a loop': {
    kills: 1,
    leave: async (cursor, abort, simulator) => {
      abortInNextBatch(abort, simulator);
      const loop = async (): Promise<void> => {
        for await (const { _id } of cursor) expect(_id).to.be.below(4);
      };
      expect((await failure(loop())).message).to.equal('no more');
    }
  },
  'by a signal while a batch is on its way to a stream': {
    kills: 1,
    leave: async (cursor, abort, simulator) => {
      abortInNextBatch(abort, simulator);
      const stream = cursor.stream().resume();
      const error = await new Promise<Error>(resolve => stream.once('error', resolve));
      expect(error.message).to.equal('no more');
    }
  },
  'by an error of the server in a batch': {
    kills: 1,
    leave: async (cursor, _abort, simulator) => {
      simulator.once('getMore', (_command, reply) => reply.fail(8000, 'AtlasError'));
      expect((await failure(cursor.toArray())).name).to.equal('MongoServerError');
    }
  },
  'by a coroutine that returns in the middle': {
    kills: 1,
    leave: coroutine(function* (cursor: Cursor) {
      yield* cursor.next();
      yield* cursor.close();
    })
  },
  'by await using': {
    kills: 1,
    leave: async cursor => {
      await cursor.next();
      await cursor[Symbol.asyncDispose]();
    }
  }
};
