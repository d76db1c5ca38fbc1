// Builds dist/: one CommonJS file with its source map, declarations, a thin ESM entry over the same instance, and the
// driver's own paths. The codec is there alone, too, for the benchmarks. It is built aside and put in its place when it
// is whole.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDriverPaths } from './driver-paths.mjs';
import { putIntoOneFile } from './one-file.mjs';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const made = mkdtempSync(join(root, '.build-')); // beside dist: source maps are relative
const old = `${made}-old`;

try {
  const compile = [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', made];
  execFileSync(process.execPath, compile, { cwd: root, stdio: 'inherit' });
  putIntoOneFile(made, 'index.js', 'bson/index.js');
  addEsmEntry();
  writeDriverPaths(made);
  chmodSync(made, 0o755);
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(made, dist);
} finally {
  for (const folder of [made, old]) rmSync(folder, { recursive: true, force: true });
}

function addEsmEntry() {
  const names = Object.keys(require(join(made, 'index.js'))).sort();
  const text = `import all from './index.js';\n\nexport const {\n  ${names.join(',\n  ')}\n} = all;\nexport default all;\n`;
  writeFileSync(join(made, 'index.mjs'), text);
  writeFileSync(
    join(made, 'index.d.mts'),
    `export * from './index.js';\nexport { default } from './index.js';\n`
  );
}
