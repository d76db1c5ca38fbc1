import { defineSpecificationTests } from './suite';

/*
 * The specifications' own tests, in the unified test format. They run with this package, or with the official driver
 * when UNIFIED_DRIVER is "mongodb". What that one fails on the server at hand is listed in known-failures/, and
 * listed anew with UPDATE_KNOWN_FAILURES=1 besides.
 */
describe('the unified specification tests', () => {
  defineSpecificationTests([
    'unified-test-format/tests/valid-pass',
    'retryable-reads',
    'retryable-writes',
    'sessions'
  ]);
});
