import { names, ofNode, type Count, type Counts } from './counts.js';
import { nodeMajor, type Stated } from './stated.js';

export interface Difference {
  /** The case. */
  name: string;
  count: Count;
  /** Left out where nothing is stated. */
  stated?: number;
  found: number;
}

export interface Comparison {
  /** More than is stated and tolerated, or not stated at all. */
  grown: Difference[];
  /** Less, by as much as would not be tolerated the other way. */
  fallen: Difference[];
}

/** Compares what was found with what is stated: on another version of Node only what does not depend on that. */
export function compare(
  { node, tolerance, calls }: Stated,
  found: ReadonlyMap<string, Counts>,
  current = nodeMajor
): Comparison {
  const grown: Difference[] = [];
  const fallen: Difference[] = [];
  const compared = names.filter(count => node === current || !ofNode.includes(count));
  for (const [name, counts] of found)
    for (const count of compared) {
      const value = counts[count];
      if (value === undefined) continue;
      const stated = calls[name]?.[count];
      if (stated === undefined) grown.push({ name, count, found: value });
      else if (value > stated + tolerance[count]) grown.push({ name, count, stated, found: value });
      else if (value < stated - tolerance[count]) fallen.push({ name, count, stated, found: value });
    }
  return { grown, fallen };
}
