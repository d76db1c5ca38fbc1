import { processTimeMS } from './driver.js';

let latest = 0;

/** What the driver's clock says, in ms. */
export function now(): number {
  return (latest = processTimeMS());
}

/**
 * What it said when it was read last: in this turn of the loop, where replies are delivered and connections checked out. To
 * read it takes as long as to find an idle connection.
 */
export function lately(): number {
  return latest;
}
