// The library under test. Every failure test imports it from here, so that one line switches the whole set to the
// official driver and shows what that does in the same place.
export * from '../../lib/index.js';
