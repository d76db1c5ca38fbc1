import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flameGraph, framesOf, type CpuProfile } from '../flame.js';

const node = (id: number, functionName: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url: 'file:///app/lib/pool.js', lineNumber: 41 },
  children
});

const profile: CpuProfile = {
  nodes: [
    { ...node(1, '(root)', [2, 3, 5]) },
    { id: 2, callFrame: { functionName: '(idle)', url: '', lineNumber: -1 } },
    node(3, 'checkOut', [4]),
    node(4, ''),
    node(5, 'checkOut', [6]),
    node(6, '')
  ],
  samples: [2, 3, 4, 5, 6],
  timeDeltas: [9000, 1000, 2000, 3000, 4000]
};

test('the frames of one function are one frame, with the time of all that it called; idle time is left out', () => {
  assert.deepEqual(framesOf(profile), {
    name: 'all',
    value: 10,
    children: [
      {
        name: 'checkOut lib/pool.js:42',
        value: 10,
        children: [{ name: '(anonymous) lib/pool.js:42', value: 6, children: [] }]
      }
    ]
  });
});

test('a graph is a page that loads nothing', () => {
  const page = flameGraph('findOne', { name: '</script>', value: 1, children: [] });
  assert.doesNotMatch(page, /<(script|link)[^>]+(src|href)=/);
  assert.doesNotMatch(page, /"<\/script>"/);
  assert.match(page, /flamegraph\.default\(\)/);
});
