// Writes a module for every module of the driver's lib/, so that a path under it can be asked of us as well: it gives
// what the driver's gives, but our classes for those that ours extend. Instrumentation and Mongoose reach for such paths.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, posix, relative } from 'node:path';

const require = createRequire(import.meta.url);

/** Writes them into the folder driver-paths of `dist`, which has been compiled. */
export function writeDriverPaths(dist) {
  const ours = require(join(dist, 'index.js'));
  const replaced = replacements(ours);
  for (const path of driverModules()) {
    const there = require(`mongodb/lib/${path}`);
    for (const place of placesOf(path)) {
      const index = posix.relative(posix.dirname(`driver-paths/${place}`), 'index.js');
      const text = path === 'index' ? whole(ours, index) : code(path, there, replaced, index);
      write(join(dist, 'driver-paths', `${place}.js`), text);
      write(join(dist, 'driver-paths', `${place}.d.ts`), types(there, ours, replaced, index));
    }
  }
}

/** The driver's classes that ours stand for, each with our class's name: the parent of the same name. */
function replacements(ours) {
  const replaced = new Map();
  for (const value of Object.values(ours)) {
    if (typeof value !== 'function') continue;
    let parent = Object.getPrototypeOf(value);
    while (parent && parent.name !== value.name) parent = Object.getPrototypeOf(parent);
    if (parent?.name) replaced.set(parent, value.name);
  }
  return replaced;
}

/** Paths under the driver's lib/, without the extension. */
function driverModules() {
  const lib = join(dirname(require.resolve('mongodb/package.json')), 'lib');
  const files = readdirSync(lib, { recursive: true, withFileTypes: true }).filter(file => file.isFile());
  const paths = files.map(file => relative(lib, join(file.parentPath, file.name)).replaceAll('\\', '/'));
  return paths.filter(path => path.endsWith('.js')).map(path => path.slice(0, -'.js'.length));
}

/** A folder's index is found by the folder's name, too. */
function placesOf(path) {
  return basename(path) === 'index' && path !== 'index' ? [path, dirname(path)] : [path];
}

/** All that is public. An import finds the names in the last line, which is never run: it reads the text alone. */
function whole(ours, index) {
  return [
    `'use strict';`,
    `const ours = require('${index}');`,
    `module.exports = ours;`,
    `0 && (module.exports = { ${Object.keys(ours).join(', ')} });`,
    ''
  ].join('\n');
}

function code(path, there, replaced, index) {
  const names = Object.keys(there);
  if (!names.some(name => replaced.has(there[name])))
    return `module.exports = require('mongodb/lib/${path}');\n`;
  const value = name => (replaced.has(there[name]) ? `ours.${replaced.get(there[name])}` : `driver.${name}`);
  return [
    `'use strict';`,
    `Object.defineProperty(exports, '__esModule', { value: true });`,
    `const ours = require('${index}');`,
    `const driver = require('mongodb/lib/${path}');`,
    ...names.map(name => `exports.${name} = ${value(name)};`),
    ''
  ].join('\n');
}

/** What is public has its type; the driver declares nothing for the rest, which makes it `any` there, too. */
function types(there, ours, replaced, index) {
  const isPublic = name => name in ours && (ours[name] === there[name] || replaced.has(there[name]));
  const declared = Object.keys(there).map(name =>
    isPublic(name)
      ? `export { ${name} } from '${index}';`
      : `export declare const ${name}: any;\nexport type ${name} = any;`
  );
  return `${[...declared, 'export {};'].join('\n')}\n`;
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
