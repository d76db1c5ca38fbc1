// Holds the JSON that lib/bson/ writes from bytes to what is stringified of documents that bson has decoded, with random
// documents: `npx tsx scripts/fuzz-json.mjs [documents] [seed]`. A document that differs is printed with its seed.
import fc from 'fast-check';
import { properties } from '../test/bson-codec/json-differential.ts';

const ROUND = 3_000;

const documents = Number(process.argv[2] ?? 100_000);
const firstSeed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
const began = Date.now();

console.log(`${documents} documents from seed ${firstSeed}`);
for (let done = 0, seed = firstSeed; done < documents; seed++) {
  for (const property of properties) {
    fc.assert(property, { numRuns: ROUND, seed });
    done += ROUND;
  }
}
console.log(`${documents} documents, no difference, after ${Math.round((Date.now() - began) / 1000)} s`);
