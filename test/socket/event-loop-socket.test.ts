import { once } from 'node:events';
import { expect } from 'chai';
import { MongoParseError } from 'mongodb';
import { coroutine, MotorError } from '../../lib';
import { failure, until, within } from '../support/bounds';
import { exchanged, reply, request, run, tagOf, useSocketPair } from '../support/socket-pair';

describe('the event-loop socket', () => {
  const pair = useSocketPair();

  it('resumes the coroutine that asked with the whole reply', async () => {
    const answer = run(exchanged(pair.socket, 1));
    const [received] = (await once(pair.far, 'data')) as [Buffer];
    expect(received).to.deep.equal(request(1));
    pair.far.write(reply(1, 41));
    expect(await answer).to.equal(41);
  });

  it('serves one exchange after another in one coroutine, without a turn between them', async () => {
    pair.far.on('data', bytes => pair.far.write(reply(bytes.readInt32LE(4), bytes.readInt32LE(4) * 10)));
    const three = coroutine(function* () {
      const tags: number[] = [];
      for (const id of [1, 2, 3]) tags.push(yield* exchanged(pair.socket, id));
      return tags;
    });
    expect(await within(2000, 'three exchanges', three())).to.deep.equal([10, 20, 30]);
  });

  it('takes a request id beyond int32 for the one on the wire', async () => {
    const answer = run(
      (function* () {
        return tagOf(yield* pair.socket.exchange(request(-(2 ** 31)), 2 ** 31));
      })()
    );
    pair.far.write(reply(-(2 ** 31), 5));
    expect(await answer).to.equal(5);
  });

  it('refuses a second reader at once, and the first still gets its reply', async () => {
    const first = run(exchanged(pair.socket, 1));
    for (const second of [exchanged(pair.socket, 2), pair.socket.send(request(2)), pair.socket.receive()]) {
      const error = await failure(run<unknown>(second));
      expect(error).to.be.instanceOf(MotorError).with.property('code', 'ERR_ALREADY_READING');
      expect(error.message).to.match(/^Already reading/);
    }
    const received: Buffer[] = [];
    pair.far.on('data', bytes => received.push(bytes));
    pair.far.write(reply(1, 7));
    expect(await first).to.equal(7);
    await until('the request has arrived', () => received.length > 0);
    expect(Buffer.concat(received), 'all that was written').to.deep.equal(request(1));
    expect(pair.errors).to.deep.equal([]);
  });

  it('refuses to be used outside a coroutine, at once, and writes nothing', async () => {
    const calls = [
      () => pair.socket.request(1),
      () => pair.socket.exchange(request(1), 1).next(),
      () => pair.socket.send(request(1)).next(),
      () => pair.socket.receive().next()
    ];
    for (const call of calls) {
      expect(call)
        .to.throw(MotorError, /inside a coroutine/)
        .with.property('code', 'ERR_NO_COROUTINE');
    }
    pair.far.on('data', () => expect.fail('something was written'));
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(pair.near.bytesWritten).to.equal(0);
  });

  it('fails what is pending when it closes, and all that comes after, with the same error', async () => {
    const pending = run(exchanged(pair.socket, 1));
    const reason = new Error('closed by the test');
    pair.socket.close(reason);
    pair.socket.close(new Error('another reason, too late'));
    expect(await failure(pending)).to.equal(reason);
    for (const later of [exchanged(pair.socket, 2), pair.socket.send(request(2)), pair.socket.receive()]) {
      expect(await failure(run<unknown>(later))).to.equal(reason);
    }
  });

  it('takes no notice of bytes that arrive after its close', async () => {
    pair.socket.close(new Error('closed by the test'));
    const heard = once(pair.near, 'data');
    pair.far.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await heard;
    expect(pair.errors).to.deep.equal([]);
  });

  it('fails the request in flight, by way of its owner, when the reply is to another', async () => {
    const pending = run(exchanged(pair.socket, 1));
    pair.far.write(reply(2, 9));
    const error = await failure(pending);
    expect(error).to.be.instanceOf(MongoParseError);
    expect(error.message).to.match(/reply to request 2 .* in place of one to 1/);
    expect(pair.errors).to.deep.equal([error]);
  });

  it('tells its owner of a reply that nobody has asked for', async () => {
    pair.far.write(reply(1, 9));
    await until('the owner is told', () => pair.errors.length > 0);
    expect(pair.errors[0])
      .to.be.instanceOf(MongoParseError)
      .with.property('message')
      .that.includes('no request is in flight');
  });

  it('tells its owner of a second reply to the same request', async () => {
    const answer = run(exchanged(pair.socket, 1));
    pair.far.write(Buffer.concat([reply(1, 8), reply(1, 9)]));
    expect(await answer).to.equal(8);
    await until('the owner is told', () => pair.errors.length > 0);
    expect(pair.errors[0]).to.be.instanceOf(MongoParseError);
  });

  it('tells its owner of a peer that is no MongoDB, and fails the request in flight', async () => {
    const pending = run(exchanged(pair.socket, 1));
    pair.far.write('HTTP/1.1 400 Bad Request\r\n\r\n');
    const error = await failure(pending);
    expect(error).to.be.instanceOf(MongoParseError);
    expect(pair.errors).to.deep.equal([error]);
  });
});
