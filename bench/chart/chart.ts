// Horizontal bars as SVG, to be read on a light and on a dark page.
import type { Cell, Row } from '../cell.js';
import { baseline } from '../rivals/index.js';
import { groupsOf, type Choice, type Group } from './groups.js';

export type { Choice };

const width = 820;
const names = 150;
const bars = 420;
const barHeight = 14;
const step = 20;
const titleHeight = 34;

const style = `text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 13px }
.note { fill: #57606a }
.range { stroke: #24292f; stroke-opacity: .6 }
.other { fill: #8c959f }
.baseline { fill: #bf8700 }
.ours { fill: #2da44e }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.note { fill: #8d96a0 }
.range { stroke: #e6edf3 }
}`;

const round = (value: number) => Number(value.toPrecision(3)).toLocaleString('en-US');

const ratio = (less: number) => (less >= 1 ? `${round(less)}× less` : `${round(1 / less)}× more`);

/** Microseconds in the unit that reads best. */
function duration(micros: number): string {
  if (micros >= 1e6) return `${round(micros / 1e6)} s`;
  return micros >= 1000 ? `${round(micros / 1000)} ms` : `${round(micros)} µs`;
}

function kindOf(rival: string): string {
  if (rival === baseline) return 'baseline';
  return /motor-(promise|callback|yield)|mongoose-motor/.test(rival) ? 'ours' : 'other';
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A bar with its name, its range, its figure and how many times less that is than the baseline's. */
function bar(
  { rival, cpuMicrosPerCall: { median, min, max }, timesLessCpu }: Row,
  y: number,
  scale: number
): string {
  const [length, middle] = [Math.max(1, median * scale), y + barHeight / 2];
  const times = timesLessCpu ? `, ${ratio(timesLessCpu.median)}` : '';
  const end = names + Math.max(length, max * scale) + 8;
  return `<text x="${names - 8}" y="${y + 11}" text-anchor="end">${escape(rival)}</text>
<rect class="${kindOf(rival)}" x="${names}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"/>
<path class="range" d="M${(names + min * scale).toFixed(1)} ${middle}H${(names + max * scale).toFixed(1)}"/>
<text class="note" x="${end.toFixed(1)}" y="${y + 11}">${duration(median)}${times}</text>`;
}

/** Its longest bar is as long as that of every other group: bars compare inside a group only. */
function drawGroup({ title, rows }: Group, top: number): string {
  const scale = bars / Math.max(...rows.map(({ cpuMicrosPerCall }) => cpuMicrosPerCall.max));
  const drawn = rows.map((row, index) => bar(row, top + titleHeight + index * step, scale));
  return [`<text class="title" x="8" y="${top + 24}">${escape(title)}</text>`, ...drawn].join('\n');
}

export function chart(cells: readonly Cell[], choice: Choice): string {
  let height = 24;
  const groups = groupsOf(cells, choice)
    .filter(({ rows }) => rows.length > 0)
    .map(group => {
      const drawn = drawGroup(group, height);
      height += titleHeight + group.rows.length * step;
      return drawn;
    });
  if (groups.length === 0) throw new Error('nothing in the results fits what was asked for');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + 10}" viewBox="0 0 ${width} ${height + 10}" role="img">
<title>Processor time of a call, by rival</title>
<style>${style}</style>
<text class="note" x="8" y="16">Processor time of a call in the client: median and range. Shorter is better.</text>
${groups.join('\n')}
</svg>
`;
}
