import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './server/eventually';
import { startServer, type Server } from './server';

describe('a started server', () => {
  let server: Server;
  let client: MongoClient;

  before(async function () {
    this.timeout(300_000);
    server = await startServer({ syncOnCommit: true });
    client = new MongoClient(server.uri);
  });

  after(async () => {
    await client?.close();
    await server?.stop();
  });

  it('answers a ping', async () => {
    expect(await client.db('admin').command({ ping: 1 })).to.include({ ok: 1 });
  });

  it('lets tests set fail points', async () => {
    const failPoint = { configureFailPoint: 'failCommand', mode: { times: 1 } };
    await client.db('admin').command({ ...failPoint, data: { failCommands: ['count'], errorCode: 8 } });
    const counting = client.db('finder').command({ count: 'none' });
    expect(await counting.catch(error => error.code)).to.equal(8);
  });

  it('comes back after a kill, at the same address, with what it acknowledged', async () => {
    const { uri, pid } = server;
    await client.db('finder').collection('kept').insertOne({ kept: true });
    await server.kill('SIGKILL');
    expect(server.pid).to.equal(undefined);
    await server.restart();
    expect(server.uri).to.equal(uri);
    expect(server.pid).to.be.a('number').that.does.not.equal(pid);
    expect(await client.db('finder').collection('kept').countDocuments()).to.equal(1);
  });

  it('comes back after it was frozen', async () => {
    await server.kill('SIGSTOP');
    await server.kill('SIGKILL');
    await server.restart();
    expect(await client.db('admin').command({ ping: 1 })).to.include({ ok: 1 });
  });

  it('is gone once it is stopped', async () => {
    await client.close();
    expect(await answers(server.port)).to.equal(true);
    await server.stop();
    expect(await answers(server.port)).to.equal(false);
    expect(server.pid).to.equal(undefined);
  });
});

describe('a started server with access control', () => {
  it('lets its user in, and nobody else', async () => {
    const server = await startServer({ auth: { username: 'us@er', password: 'pa/ss' } });
    const known = new MongoClient(server.uri);
    const unknown = new MongoClient(`mongodb://${server.host}:${server.port}/?directConnection=true`);
    try {
      expect(await known.db('finder').collection('any').findOne()).to.equal(null);
      const intrusion = unknown.db('finder').collection('any').findOne();
      expect(await intrusion.catch(error => error.codeName)).to.equal('Unauthorized');
    } finally {
      await Promise.all([known.close(), unknown.close()]);
      await server.stop();
    }
  });
});

describe('a process that does not stop its server', () => {
  const ends: [string, (child: ChildProcess) => void][] = [
    ['is killed', child => child.kill('SIGKILL')],
    ['is interrupted', child => child.kill('SIGINT')],
    ['throws', child => child.stdin?.write('throw')],
    ['comes to its end', child => child.stdin?.end()]
  ];

  for (const [how, end] of ends) {
    it(`leaves neither the server nor its storage behind when it ${how}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'finder-'));
      const storages = () => readdirSync(folder).filter(name => name.startsWith('mongo-motor-'));
      const child = abandoningProcess(folder);
      try {
        const [line] = await once(child.stdout!, 'data');
        const port = Number(line);
        expect(await answers(port)).to.equal(true);
        expect(storages()).to.have.length(1);
        end(child);
        await eventually(async () => !(await answers(port)) && storages().length === 0);
      } finally {
        child.kill('SIGKILL');
        rmSync(folder, { recursive: true });
      }
    });
  }
});

/** Prints its server's port, then reads its stdin: a word makes it throw. */
function abandoningProcess(folder: string): ChildProcess {
  const code = `
    require('./test/support/server').startServer({ own: true }).then(server => console.log(server.port));
    process.stdin.on('data', () => setImmediate(() => { throw new Error('uncaught'); }));`;
  return spawn(process.execPath, ['--import', 'tsx', '--eval', code], {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, TMPDIR: folder },
    stdio: ['pipe', 'pipe', 'ignore']
  });
}

/** Whether something listens on the port. A process id would not tell: it may stay as a zombie when nobody reaps it. */
function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
