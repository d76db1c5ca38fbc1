import { expect } from 'chai';
import { MongoNetworkError } from 'mongodb';
import { moment } from '../../lib';
import { failure } from '../support/bounds';
import { frame, MORE_TO_COME, OP_MSG } from '../support/simulator-wire';
import { exchanged, reply, request, run, tagOf, useSocketPair } from '../support/socket-pair';

describe('the event-loop socket, with replies in a row and requests without one,', () => {
  const pair = useSocketPair();

  it('streams replies in order, those too that have come ahead of their reader', async () => {
    const answers = run(
      (function* () {
        const tags = [yield* exchanged(pair.socket, 1)];
        while (tags.length < 6) {
          tags.push(tagOf(yield* pair.socket.receive()));
          yield moment; // the rest arrives meanwhile
        }
        return tags;
      })()
    );
    const frames = [1, 2, 3, 4].map(tag => reply(tag, tag, MORE_TO_COME));
    pair.far.write(Buffer.concat(frames));
    setTimeout(() => pair.far.write(Buffer.concat([reply(77, 5, MORE_TO_COME), reply(5, 6)])), 10);
    expect(await answers).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(pair.errors).to.deep.equal([]);
  });

  it('forgets the replies that came ahead when it closes', async () => {
    const reason = new Error('closed by the test');
    const ended = run(
      (function* () {
        yield* exchanged(pair.socket, 1);
        yield* pair.socket.receive();
        yield moment;
        pair.socket.close(reason);
        return tagOf(yield* pair.socket.receive());
      })()
    );
    pair.far.write(Buffer.concat([reply(1, 1, MORE_TO_COME), reply(1, 2, MORE_TO_COME), reply(2, 3)]));
    expect(await failure(ended)).to.equal(reason);
  });

  it('sends what has no reply without suspending while the peer takes it', async () => {
    let done = false;
    const sent = run(
      (function* () {
        yield* pair.socket.send(request(1));
        done = true;
      })()
    );
    expect(done, 'in the same tick').to.equal(true);
    await sent;
    const answer = run(exchanged(pair.socket, 2));
    pair.far.write(reply(2, 3));
    expect(await answer).to.equal(3);
  });

  it('waits with what has no reply while the peer is slow to take it', async () => {
    pair.far.pause();
    const large = frame({ requestId: 1, responseTo: 0, opCode: OP_MSG }, Buffer.alloc(20_000_000));
    let done = false;
    const sent = run(
      (function* () {
        yield* pair.socket.send(large);
        done = true;
      })()
    );
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(done).to.equal(false);
    pair.far.resume();
    await sent;
    expect(pair.near.listenerCount('drain')).to.equal(0);
  });

  it('gives up a wait for a slow peer when it closes', async () => {
    pair.far.pause();
    const large = frame({ requestId: 1, responseTo: 0, opCode: OP_MSG }, Buffer.alloc(20_000_000));
    const sent = run(pair.socket.send(large));
    const reason = new Error('closed by the test');
    pair.socket.close(reason);
    expect(await failure(sent)).to.equal(reason);
    expect(pair.near.listenerCount('drain')).to.equal(0);
  });

  it('makes a network error of a write that throws, and tells its owner', async () => {
    const cause = new Error('no write today');
    pair.near.write = () => {
      throw cause;
    };
    const error = await failure(run(exchanged(pair.socket, 1)));
    expect(error).to.be.instanceOf(MongoNetworkError).with.property('cause', cause);
    expect(pair.errors).to.deep.equal([error]);
  });
});
