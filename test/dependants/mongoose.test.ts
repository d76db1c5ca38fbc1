import { expect } from 'chai';
import { sharedServer } from '../support/server';
import { BothDrivers, type Printed } from './both-drivers';

const EXAMPLE = '../../examples/mongoose/library.mjs';

describe('Mongoose 9, with this package in the place of the driver', function () {
  this.timeout(120_000);
  let mongoose: BothDrivers;
  let uri: string;

  before(async function () {
    mongoose = await BothDrivers.install(this, { mongoose: '9.12.1' });
    ({ uri } = await sharedServer());
  });
  after(() => mongoose?.remove());

  async function same(program: string): Promise<string[]> {
    const { ours, theirs } = await mongoose.run(program, uri);
    expect(ours).to.deep.equal(theirs);
    return ours;
  }

  it('gets our clients, databases and pools, and all methods of our collections', async () => {
    const { ours, theirs } = await mongoose.run('programs/mongoose-pool.mjs', uri);
    expect(facts(ours)).to.deep.equal({
      'the same package': 'true',
      'has our styles': 'true',
      'its client': 'true',
      'a pool': 'true',
      'the pool of the driver': 'false',
      'its database': 'true'
    });
    expect(facts(theirs)).to.include({ 'has our styles': 'false', 'the pool of the driver': 'true' });
    expect(methods({ ours, theirs }).ours).to.include.members(methods({ ours, theirs }).theirs);
  });

  it('stores, finds, populates, validates, indexes and aggregates as with the driver', async () => {
    const printed = await same('programs/mongoose-documents.mjs');
    expect(printed).to.include('adults ["Ada","Cid"]');
    expect(printed).to.include('a discriminator "Cat"');
  });

  it('reads cursors, streams, change streams and files as with the driver', async () => {
    const printed = await same('programs/mongoose-streams.mjs');
    expect(printed).to.include('changes [["insert",100],["update",101],["delete",null]]');
    expect(printed).to.include('downloaded [3500,2499]');
  });

  it('connects, buffers, and runs transactions as with the driver', async () => {
    const printed = await same('programs/mongoose-connections.mjs');
    expect(printed).to.include('tries 3');
    expect(printed).to.include('inside and outside [[{"n":1},{"n":4},{"n":5}],1]');
  });

  it('runs the example, which knows nothing of us', async () => {
    expect(await same(EXAMPLE)).to.deep.equal([
      '1818  Frankenstein, by Mary Shelley',
      '1826  The Last Man, by Mary Shelley',
      '1843  Notes, by Ada Lovelace',
      '2 since 1818, 1 since 1843',
      'MongoServerError 11000',
      'Book validation failed: year: Path `year` (100) is less than minimum allowed value (1450).'
    ]);
  });
});

const METHODS = 'methods ';

/** The lines before the list of methods: each a name, and true or false. */
function facts(printed: string[]): Record<string, string> {
  const lines = printed.filter(line => !line.startsWith(METHODS));
  return Object.fromEntries(lines.map(line => /^(.*) (\w+)$/.exec(line)!.slice(1) as [string, string]));
}

function methods({ ours, theirs }: Printed): Printed {
  const of = (printed: string[]): string[] =>
    printed
      .find(line => line.startsWith(METHODS))!
      .slice(METHODS.length)
      .split(' ');
  return { ours: of(ours), theirs: of(theirs) };
}
