// Draws a CPU profile as a flame graph: one HTML file that needs nothing else, to zoom in by a click and to search.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is used of a `.cpuprofile`: https://chromedevtools.github.io/devtools-protocol/tot/Profiler#type-Profile */
export interface CpuProfile {
  nodes: ProfileNode[];
  /** The node that each sample was taken in, and the microseconds since the sample before. */
  samples: number[];
  timeDeltas: number[];
}

interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
}

export interface Frame {
  name: string;
  /** Milliseconds in this function and in what it called. */
  value: number;
  children: Frame[];
}

/** Not work: nothing ran. */
const idle = new Set(['(idle)', '(program)']);

function nameOf({ functionName, url, lineNumber }: ProfileNode['callFrame']): string {
  const name = functionName || '(anonymous)';
  if (url === '') return name;
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return `${name} ${join(basename(dirname(path)), basename(path))}:${lineNumber + 1}`;
}

function ownTimes({ samples, timeDeltas }: CpuProfile): Map<number, number> {
  const times = new Map<number, number>();
  samples.forEach((id, index) => times.set(id, (times.get(id) ?? 0) + timeDeltas[index]! / 1000));
  return times;
}

/** The calls as a tree: those of the same function from the same place are one frame, however often it was optimized. */
export function framesOf(profile: CpuProfile): Frame {
  const own = ownTimes(profile);
  const nodes = new Map(profile.nodes.map(node => [node.id, node]));
  const frameOf = (name: string, same: ProfileNode[]): Frame => {
    const called = same.flatMap(({ children = [] }) => children.map(id => nodes.get(id)!));
    const children = [...byName(called)].map(([name, same]) => frameOf(name, same));
    const value = sum(same.map(({ id }) => own.get(id) ?? 0)) + sum(children.map(({ value }) => value));
    return { name, value, children };
  };
  return frameOf('all', [profile.nodes[0]!]);
}

const sum = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

function byName(nodes: ProfileNode[]): Map<string, ProfileNode[]> {
  const named = new Map<string, ProfileNode[]>();
  for (const node of nodes) {
    const name = nameOf(node.callFrame);
    if (!idle.has(name)) named.set(name, [...(named.get(name) ?? []), node]);
  }
  return named;
}

const require = createRequire(import.meta.url);

/** A file beside a package's main one. */
const partOf = (name: string, file: string) =>
  readFileSync(join(dirname(require.resolve(name)), file), 'utf8');

/** The graph as a page; `title` is its headline. */
export function flameGraph(title: string, frames: Frame): string {
  const data = JSON.stringify(frames).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<style>body { font-family: sans-serif; margin: 1em }
${partOf('d3-flame-graph', 'd3-flamegraph.css')}</style>
<h1>${title}</h1>
<p>Width is time, as sampled. A click zooms in, on the lowest frame out. <input type="search" placeholder="search"></p>
<div id="graph"></div>
<script>${partOf('d3', 'd3.min.js')}</script>
<script>${partOf('d3-flame-graph', 'd3-flamegraph.umd.min.js')}</script>
<script>
const graph = flamegraph.default().width(innerWidth - 50).cellHeight(18).minFrameSize(2);
graph.label(({ data, value }) => data.name + ': ' + value.toFixed(1) + ' ms');
d3.select('#graph').datum(${data}).call(graph);
document.querySelector('input').addEventListener('input', ({ target }) =>
  target.value ? graph.search(target.value) : graph.clear());
</script>
</html>
`;
}

/** Draws the profile in a file, and gives the file that the graph is in. */
export function drawFlameGraph(profile: string): string {
  const file = profile.replace(/\.cpuprofile$/, '.html');
  const frames = framesOf(JSON.parse(readFileSync(profile, 'utf8')) as CpuProfile);
  writeFileSync(file, flameGraph(basename(profile, '.cpuprofile'), frames));
  return file;
}
