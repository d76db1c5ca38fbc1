import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, FailureMemory } from './cache';
import { findMongod } from './mongod';
import { runUnlessSilent } from './run';

const node = process.execPath;

describe('the search for mongod', () => {
  const variables = ['PATH', 'HOME', 'XDG_CACHE_HOME', 'MONGOMS_DOWNLOAD_DIR', 'MONGOMS_DOWNLOAD_MIRROR'];
  const before = [...variables, 'MONGOMS_SYSTEM_BINARY'].map(name => [name, process.env[name]] as const);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'finder-'));
    mkdirSync(join(folder, 'bin'));
    process.env.PATH = join(folder, 'bin');
    process.env.HOME = folder;
    process.env.XDG_CACHE_HOME = folder;
    process.env.MONGOMS_DOWNLOAD_DIR = join(folder, 'binaries');
    delete process.env.MONGOMS_SYSTEM_BINARY;
  });

  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true });
  });

  function install(version: string): string {
    const file = join(folder, 'bin', 'mongod');
    writeFileSync(file, `#!/bin/sh\necho "db version v${version}"\n`, { mode: 0o755 });
    return file;
  }

  it('finds the one on PATH', async () => {
    const file = install('8.0.4');
    expect(await findMongod()).to.deep.include({ command: [file], name: 'mongod 8.0.4' });
  });

  it('passes over one that is too old for the driver', async () => {
    install('3.6.23');
    expect(await findMongod())
      .to.have.property('missing')
      .that.includes('too old');
  });

  it('does not wait a second time on one day for a download that failed', async () => {
    let connections = 0;
    const mirror = createServer(socket => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>(listening => mirror.listen(0, '127.0.0.1', listening));
    try {
      process.env.MONGOMS_DOWNLOAD_MIRROR = `https://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
      const first = (await findMongod()) as { missing: string };
      expect(connections).to.equal(1);
      const second = (await findMongod()) as { missing: string };
      expect(connections).to.equal(1);
      expect(second.missing).to.include(first.missing).and.include('less than an hour ago');
    } finally {
      mirror.close();
    }
  });
});

describe('the memory of a failure', () => {
  const now = Date.now();
  const hour = 3_600_000;
  let folder: string;
  let memory: FailureMemory;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'finder-'));
    memory = new FailureMemory('download', folder);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('lasts a day', () => {
    memory.remember('no route', now);
    expect(memory.recall(now + 23 * hour)).to.include('no route (23 h ago');
    expect(memory.recall(now + 25 * hour)).to.equal(undefined);
  });

  it('ends with a success', () => {
    memory.remember('no route', now);
    memory.forget();
    expect(memory.recall(now)).to.equal(undefined);
  });

  it('is kept outside the checkout', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).to.equal(join('/cache', 'mongo-motor'));
    expect(cacheFolder({})).to.match(/\.cache.mongo-motor$/);
  });
});

describe('a command that must not be silent', () => {
  const run = (code: string, first: number, between: number) =>
    runUnlessSilent([node, '--eval', code], { first, between }).then(
      () => 'done',
      error => error.message
    );

  it('is ended when it does not say a first word in time', async () => {
    expect(await run('setInterval(() => {}, 1000)', 300, 60_000)).to.equal('no progress for 0.3 s');
  });

  it('is ended when it falls silent', async () => {
    const code = 'process.stdout.write(" "); setInterval(() => {}, 1000)';
    expect(await run(code, 60_000, 200)).to.equal('no progress for 0.2 s');
  });

  it('may take its time while it talks', async () => {
    const code =
      'let n = 0; const t = setInterval(() => { process.stdout.write(" "); if (++n > 5) clearInterval(t) }, 100)';
    expect(await run(code, 60_000, 400)).to.equal('done');
  });

  it('fails with what it says', async () => {
    expect(await run('console.error("no route"); process.exit(1)', 60_000, 60_000)).to.equal('no route');
  });
});
