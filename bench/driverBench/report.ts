// The results of DriverBench as tables in Markdown.
import { number, table, text, type Columns } from '../report.js';
import type { DriverBench, Result } from './measure.js';

interface Line {
  name: string;
  scores: number[];
  ratio: string;
}

const ofResult = ({ name, scores, times }: Result): Line => ({
  name,
  scores: scores.map(({ score }) => score),
  ratio: text(times, '×')
});

function ofComposites(composites: DriverBench['composites']): Line[] {
  return composites[0]!.composites.map(({ name }, index) => {
    const scores = composites.map(each => each.composites[index]!.score);
    return { name: `**${name}**`, scores, ratio: `${number(scores.at(-1)! / scores[0]!)}×` };
  });
}

export function driverBenchTable({ results, composites, leftOut }: DriverBench): string {
  const columns: Columns<Line> = { 'MB/s': ({ name }) => name };
  composites.forEach(({ driver }, index) => (columns[driver] = ({ scores }) => number(scores[index]!)));
  columns['ratio'] = ({ ratio }) => ratio;
  const lines = [...results.map(ofResult), ...ofComposites(composites)];
  const missing = leftOut.map(({ name, reason }) => `left out, of the composites too: ${name} (${reason})\n`);
  return `### DriverBench\n\n${table(columns, lines)}\n${['', ...missing].join('\n')}`;
}
