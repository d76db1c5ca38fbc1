/* Bundlers, and how each is run in a folder where they are installed. */

export const BUNDLERS = {
  esbuild: '0.28.2',
  webpack: '5.112.2',
  rollup: '4.68.7',
  '@rollup/plugin-commonjs': '29.0.3',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@rollup/plugin-json': '6.1.0'
};

/** Each takes an entry and a place for the bundle, and prints its warnings. Flags: `--minify`, `--externals`. */
export const SCRIPTS = {
  'esbuild.mjs': `
import { build } from 'esbuild';
const [, , entry, out, ...flags] = process.argv;
const { warnings } = await build({
  entryPoints: [entry], outfile: out, bundle: true, platform: 'node', logLevel: 'silent', sourcemap: true,
  minify: flags.includes('--minify')
});
process.stdout.write(JSON.stringify(warnings.map(({ text }) => text)));
`,
  'webpack.mjs': `
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import webpack from 'webpack';
const [, , entry, out, ...flags] = process.argv;
const driver = createRequire(createRequire(import.meta.url).resolve('mongo-motor'))('mongodb/package.json');
const externals = Object.keys(driver.peerDependencies);
webpack({
  mode: flags.includes('--minify') ? 'production' : 'none',
  target: 'node',
  entry: resolve(entry),
  output: { path: resolve('.'), filename: out },
  ...(flags.includes('--externals') && { externals, externalsType: 'commonjs' })
}, (error, stats) => {
  if (error) throw error;
  const { errors, warnings } = stats.compilation;
  process.stdout.write(JSON.stringify([...errors, ...warnings].map(({ message }) => message)));
});
`,
  'rollup.mjs': `
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
const [, , input, file] = process.argv;
const warnings = [];
const onwarn = warning => warnings.push(warning.code + ': ' + warning.message);
const plugins = [resolve({ preferBuiltins: true }), commonjs(), json()];
const bundle = await rollup({ input, plugins, onwarn });
await bundle.write({ file, format: 'cjs' });
process.stdout.write(JSON.stringify(warnings));
`
};
