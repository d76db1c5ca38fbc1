import { processTimeMS } from './driver.js';

let latest = 0;
let stands = false;

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

/** What it says, or while it stands what it said then. */
export function inThisTurn(): number {
  return stands ? latest : now();
}

/** Lets it stand for a turn of the loop. */
export function stop(): void {
  stands = true;
}

export function goOn(): void {
  stands = false;
}
