import { expect } from 'chai';
import { chooseServer, describeChoice, ServerNotFoundError, type LocalKind, type Probes } from './choose';

const kinds: LocalKind[] = ['mongod', 'secantusd-rs', 'secantusd-py'];

/** Probes that find what they are told to, and note that they were asked. */
function probes(present: string[], uri?: string) {
  const asked: string[] = [];
  const probe = (kind: LocalKind) => async () => {
    asked.push(kind);
    if (!present.includes(kind)) return { missing: 'not here' };
    return { command: [`/bin/${kind}`] as [string], name: `${kind} 1.2.3`, why: 'found on PATH' };
  };
  const local = Object.fromEntries(kinds.map(kind => [kind, probe(kind)])) as Omit<Probes, 'uri'>;
  return { asked, probes: { ...local, uri: () => (uri ? { uri } : { missing: 'is not set' }) } };
}

describe('the choice of a server', () => {
  it('is MONGODB_URI before all others, without looking for them', async () => {
    const { asked, probes: all } = probes(kinds, 'mongodb://example.com');
    expect(await chooseServer(all)).to.deep.equal({ kind: 'uri', uri: 'mongodb://example.com' });
    expect(asked).to.deep.equal([]);
  });

  for (const [index, kind] of kinds.entries()) {
    it(`is ${kind} when nothing before it is there, without looking further`, async () => {
      const { asked, probes: some } = probes(kinds.slice(index));
      const choice = await chooseServer(some);
      expect(choice).to.include({ kind, name: `${kind} 1.2.3` });
      expect(asked).to.deep.equal(kinds.slice(0, index + 1));
    });
  }

  it('fails with all that could be done about it in five lines', async () => {
    const error = await chooseServer(probes([]).probes).catch(error => error);
    expect(error).to.be.instanceOf(ServerNotFoundError);
    const lines = error.message.split('\n');
    expect(lines).to.have.length(5);
    expect(lines[1]).to.include('MONGODB_URI');
    expect(lines[2]).to.include('mongod: not here');
    expect(lines[3]).to.include('install-server').and.include('secantusd-rs: not here');
    expect(lines[4]).to.include('secantusd-py: not here');
  });

  it('stays five lines when a reason has several', async () => {
    const mongod = async () => ({ missing: 'one\n  two\nthree' });
    const error = await chooseServer({ ...probes([]).probes, mongod }).catch(error => error);
    expect(error.message.split('\n')).to.have.length(5);
  });

  it('is described in one line with its reasons', async () => {
    const choice = await chooseServer(probes(['secantusd-rs']).probes);
    expect(describeChoice(choice)).to.equal(
      'server: secantusd-rs 1.2.3, found on PATH (MONGODB_URI is not set; mongod: not here)'
    );
  });

  it('is described without the credentials of a URI', async () => {
    const choice = await chooseServer(probes([], 'mongodb://me:secret@example.com').probes);
    expect(describeChoice(choice)).to.include('MONGODB_URI').and.not.include('secret');
  });
});
