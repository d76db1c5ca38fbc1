import fc from 'fast-check';
import { readsMalformedTheSame, readsTheSame, writesTheSame } from './differential';

describe('the codec and bson', () => {
  it('write the same bytes for any document, or refuse it with the same error', () => {
    fc.assert(writesTheSame, { numRuns: 2_500 });
  });

  it('read the same values from the bytes of any document', () => {
    fc.assert(readsTheSame, { numRuns: 1_500 });
  });

  it('read the same values from malformed bytes, or refuse them with the same error', () => {
    fc.assert(readsMalformedTheSame, { numRuns: 3_000 });
  });
});
