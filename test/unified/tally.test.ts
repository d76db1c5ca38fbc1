import { expect } from 'chai';
import { Tally } from './tally';

describe('the tally of unified tests', () => {
  it("shows each folder's counts beside the official driver's, where these are known", () => {
    const tally = new Tally();
    for (const ending of ['passed', 'passed', 'failed', 'skipped'] as const) tally.count('crud', ending);
    tally.count('gridfs', 'passed');
    const official = { passed: 1, failed: 2, skipped: 3 };
    const lines = tally
      .beside(folder => (folder === 'crud' ? official : undefined), 'mongo-motor')
      .split('\n');
    expect(lines.map(line => line.trim().split(/\s+/).join(' '))).to.deep.equal([
      'mongo-motor mongodb',
      'run passed failed skipped run passed failed skipped',
      'crud 3 2 1 1 3 1 2 3',
      'gridfs 1 1 0 0 not recorded',
      'all 4 3 1 1 3 1 2 3'
    ]);
  });
});
