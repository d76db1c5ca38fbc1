// node bench/dist/chart.js [FILE] [--callers N] [--scenario NAMES] [--rivals NAMES] > chart.svg: the processor time of a
// call as bars, from the results that `npm run bench` keeps.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chart, type Choice } from './chart/chart.js';
import type { Cell } from './cell.js';

const latest = fileURLToPath(new URL('../results/latest.json', import.meta.url));
const text = { type: 'string' } as const;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { callers: { ...text, default: '100' }, scenario: text, rivals: text }
});
const choice: Choice = {
  callers: Number(values.callers),
  scenarios: values.scenario?.split(','),
  rivals: values.rivals?.split(',')
};
const { results } = JSON.parse(readFileSync(positionals[0] ?? latest, 'utf8')) as { results: Cell[] };
process.stdout.write(chart(results, choice));
