import { defineSpecificationTests } from './suite';

/*
 * The specifications' own tests, in the unified test format: every folder that has any. They run with this package, or
 * with the official driver when UNIFIED_DRIVER is "mongodb". What that one fails on the server at hand is listed in
 * known-failures/, and listed anew with UPDATE_KNOWN_FAILURES=1 besides. UNIFIED_FOLDERS names the folders to run when
 * not all of them are wanted, with commas between them.
 */
describe('the unified specification tests', () =>
  defineSpecificationTests(process.env.UNIFIED_FOLDERS?.split(',')));
