// Builds dist/: one CommonJS file with its source map, declarations, a thin ESM entry over the same instance, and the
// driver's own paths. One file, since a hundred took a sixth longer to load than the driver. The codec is there alone,
// too, for the benchmarks. It is built aside and put in its place when it is whole.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeDriverPaths } from './driver-paths.mjs';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const made = mkdtempSync(join(root, '.build-')); // beside dist: source maps are relative
const old = `${made}-old`;

try {
  const compile = [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', made];
  execFileSync(process.execPath, compile, { cwd: root, stdio: 'inherit' });
  await bundle('index');
  await bundle('bson/index');
  removeParts();
  addEsmEntry();
  writeDriverPaths(made);
  chmodSync(made, 0o755);
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(made, dist);
} finally {
  for (const folder of [made, old]) rmSync(folder, { recursive: true, force: true });
}

/** Puts what was compiled into one file. Each module keeps a scope of its own, and so its classes keep their names. */
async function bundle(entry) {
  await build({
    absWorkingDir: made,
    entryPoints: [join(made, `${entry}.js`)],
    outfile: join(made, `${entry}.js`),
    allowOverwrite: true,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.20',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning'
  });
}

/** What is in the bundles now. */
function removeParts() {
  for (const file of readdirSync(made, { recursive: true })) {
    if (/\.js(\.map)?$/.test(file) && !/^(bson.)?index\.js(\.map)?$/.test(file)) rmSync(join(made, file));
  }
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
