// The results of DriverBench as tables in Markdown.
import { number, table, text, type Columns } from '../report.js';
import type { DriverBench, Result } from './measure.js';

interface Line {
  name: string;
  scores: number[];
  ratio: string;
  cpu: string[];
  cpuRatio: string;
}

const ofResult = ({ name, scores, times, timesLessCpu }: Result): Line => ({
  name,
  scores: scores.map(({ score }) => score),
  ratio: text(times, '×'),
  cpu: scores.map(({ cpuMs }) => number(cpuMs.median)),
  cpuRatio: text(timesLessCpu, '×')
});

function ofComposites(composites: DriverBench['composites']): Line[] {
  return composites[0]!.composites.map(({ name }, index) => {
    const scores = composites.map(each => each.composites[index]!.score);
    const ratio = `${number(scores.at(-1)! / scores[0]!)}×`;
    return { name: `**${name}**`, scores, ratio, cpu: scores.map(() => ''), cpuRatio: '' };
  });
}

export function driverBenchTable({ server, results, composites, leftOut }: DriverBench): string {
  const columns: Columns<Line> = { 'MB/s': ({ name }) => name };
  composites.forEach(({ driver }, index) => (columns[driver] = ({ scores }) => number(scores[index]!)));
  columns['ratio'] = ({ ratio }) => ratio;
  composites.forEach(({ driver }, index) => (columns[`CPU ms, ${driver}`] = ({ cpu }) => cpu[index]!));
  columns['× less CPU'] = ({ cpuRatio }) => cpuRatio;
  const lines = [...results.map(ofResult), ...ofComposites(composites)];
  const missing = leftOut.map(({ name, reason }) => `left out, of the composites too: ${name} (${reason})\n`);
  return `### DriverBench, ${server} server\n\n${table(columns, lines)}\n${['', ...missing].join('\n')}`;
}
