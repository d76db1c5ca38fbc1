// Puts a module and all modules that it loads by a relative path, as the compiler left them, into one file: a hundred
// files take much longer to find and read. Each stays as it is in a function of its own, as Node would wrap it, so that
// its constants stay constants. (Bundlers that lift modules into one scope make variables of them, which V8 does not take
// for granted: a call then costs a third more.)
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { encodedMap, FlattenMap } from '@jridgewell/trace-mapping';

const { dirname, relative } = posix;

/** In parentheses, functions are compiled when they are read, and not read twice. */
const OPEN = '(function (exports) {';
const CLOSE = '})';

const LOADER = `const loaded = new Map();

function load(path) {
  let exports = loaded.get(path);
  if (exports === undefined) {
    loaded.set(path, (exports = {}));
    (0, modules[path])(exports);
  }
  return exports;
}
`;

/**
 * Puts one file, with its source map, in the place of all modules of a folder.
 *
 * @param folder - what was compiled, each file with its source map
 * @param entries - the modules that stay, each with all that it loads in it
 */
export function putIntoOneFile(folder, ...entries) {
  const made = entries.map(entry => [entry, modulesOf(folder, entry)]);
  for (const file of readdirSync(folder, { recursive: true }))
    if (/\.js(\.map)?$/.test(file)) rmSync(join(folder, file));
  for (const [entry, modules] of made) write(folder, entry, modules);
}

/** A module and those that it loads: by path, each with its code and source map. */
function modulesOf(folder, path, modules = new Map()) {
  if (modules.has(path)) return modules;
  const text = readFileSync(join(folder, path), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  const map = JSON.parse(readFileSync(join(folder, `${path}.map`), 'utf8'));
  const module = { map };
  modules.set(path, module);
  const inside = text.replace(/\brequire\("(\.{1,2}\/[^"]+\.js)"\)/g, (_, request) => {
    const wanted = posix.join(dirname(path), request);
    modulesOf(folder, wanted, modules);
    return `load('${wanted}')`;
  });
  module.code = inAscii(withoutRoomForOthers(inside));
  return modules;
}

/**
 * The compiler makes room for all exports first, and then getters of those that are another module's. V8 makes a
 * dictionary of an object whose property is redefined, in which each name is looked up at every use.
 */
function withoutRoomForOthers(code) {
  const others = [...code.matchAll(/^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get:/gm)];
  const names = new Set(others.map(([, name]) => name));
  return code.replace(/^(?:exports\.\w+ = )+void 0;$/gm, line =>
    line.replace(/exports\.(\w+) = /g, (room, name) => (names.has(name) ? '' : room)).replace(/^void 0;/, '')
  );
}

/** V8 keeps a text with any other character in two bytes for each, and reads it more slowly. */
function inAscii(code) {
  return code.replace(/[^\n -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function write(folder, entry, modules) {
  const file = basename(entry);
  const sections = [];
  let text = `'use strict';\nconst modules = {\n`;
  let line = 2;
  for (const [path, { code, map }] of modules) {
    const section = `'${path}': ${OPEN}\n${code}${CLOSE},\n`;
    const sources = map.sources.map(source => relative(dirname(entry), posix.join(dirname(path), source)));
    sections.push({ offset: { line: line + 1, column: 0 }, map: { ...map, sources } });
    text += section;
    line += section.split('\n').length - 1;
  }
  text += `};\n${LOADER}module.exports = load('${entry}');\n//# sourceMappingURL=${file}.map\n`;
  writeFileSync(join(folder, entry), text);
  writeFileSync(join(folder, `${entry}.map`), mapOf(file, sections));
}

/** One list of mappings: not every tool reads sections. */
function mapOf(file, sections) {
  const map = encodedMap(new FlattenMap({ version: 3, sections }));
  return JSON.stringify({ version: 3, file, sources: map.sources, names: map.names, mappings: map.mappings });
}
