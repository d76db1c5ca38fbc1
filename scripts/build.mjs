// Builds dist/: CommonJS with declarations and source maps, and a thin ESM entry over the same instance.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const dist = new URL('../dist/', import.meta.url);

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: new URL('..', import.meta.url),
  stdio: 'inherit'
});

const names = Object.keys(require('../dist/index.js')).sort();
writeFileSync(
  new URL('index.mjs', dist),
  `import motor from './index.js';\n\nexport const {\n  ${names.join(',\n  ')}\n} = motor;\n`
);
writeFileSync(new URL('index.d.mts', dist), `export * from './index.js';\n`);
