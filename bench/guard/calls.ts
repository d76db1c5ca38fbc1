// The process whose instructions are counted: node calls.js RIVAL SCENARIO URI CALLS.
import { rivalNamed } from '../rivals/index.js';
import { scenarioNamed } from '../scenarios/index.js';
import { Slice } from '../slice.js';
import { connectTo } from './connected.js';

const [rivalName, scenarioName, uri, calls] = process.argv.slice(2) as [string, string, string, string];
const [rival, scenario] = [await rivalNamed(rivalName), scenarioNamed(scenarioName)];
await connectTo({ rival: rivalName, scenario: scenarioName, uri, callers: 1 }, rival, scenario);
await rival.run(new Slice(scenario, { seconds: Infinity, calls: Number(calls) }));
process.exit(0);
