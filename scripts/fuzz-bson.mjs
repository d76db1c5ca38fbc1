// Holds lib/bson/ to bson with random documents: `npx tsx scripts/fuzz-bson.mjs [documents] [seed]`.
// A document that differs is printed with the seed that leads to it.
import fc from 'fast-check';
import { properties } from '../test/bson-codec/differential.ts';

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
  if ((seed - firstSeed) % 10 === 9) report(done);
}
report(documents);

function report(done) {
  console.log(`${done} documents, no difference, after ${Math.round((Date.now() - began) / 1000)} s`);
}
