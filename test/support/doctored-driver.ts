import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

// A process of its own in which lib/driver.ts is loaded again and again, each time with something of the driver
// missing. It sends what was thrown each time.

export interface Case {
  what: string;
  name?: string;
  code?: unknown;
  message?: string;
}

type Load = (request: string, ...rest: unknown[]) => unknown;

const requireFrom = createRequire(__filename);
const hooked: { _load: Load } = Object(Module);
const load = hooked._load;
const driverPath = join(__dirname, '../../lib/driver.ts');
const source = readFileSync(driverPath, 'utf8');

/** Loads lib/driver.ts anew, with `instead` in the place of modules it asks for. */
function loadWith(what: string, requests: readonly string[], instead: (real: object) => object): Case {
  delete require.cache[driverPath];
  hooked._load = (asked, ...rest) => {
    const real = load.call(Module, asked, ...rest);
    return requests.includes(asked) ? instead(real as object) : real;
  };
  try {
    requireFrom(driverPath);
    return { what };
  } catch (error) {
    const { name, message, code } = error as Error & { code?: unknown };
    return { what, name, message, code };
  } finally {
    hooked._load = load;
  }
}

function without(name: string) {
  return (real: object): object => Object.fromEntries(Object.entries(real).filter(([key]) => key !== name));
}

type Classes = Record<string, { prototype: object }>;

interface Taken {
  path: string;
  name: string;
  /** One of these has it. */
  modules: string[];
}

/** Everything that lib/driver.ts takes out of the driver's modules. */
function taken(): Taken[] {
  const declarations = source.matchAll(/const \{([^}]+)\} =\s+need\(\s*'([^']+)',([^;]+)\);/g);
  return [...declarations].flatMap(([, names = '', path = '', loaded = '']) => {
    const modules = [...loaded.matchAll(/require\('([^']+)'\)/g)].map(([, module = '']) => module);
    return [...names.matchAll(/(\w+)(: \w+)?(,|\s*$)/g)].map(([, name = '']) => ({ path, name, modules }));
  });
}

/** The private members that lib/driver.ts says it needs: the class's name and theirs. */
function members(): [Class: string, member: string][] {
  const calls = source.matchAll(/^needMembers\(\s*\w+,\s*'(\w+)',([^)]+)\)/gm);
  return [...calls].flatMap(([, Class = '', names = '']) =>
    [...names.matchAll(/'(\w+)'/g)].map(([, member = '']) => [Class, member] as [string, string])
  );
}

function withoutMember(Class: string, member: string): Case {
  const modules = taken().find(({ name }) => name === Class)?.modules ?? ['mongodb'];
  const exported = Object.assign({}, ...modules.map(path => requireFrom(path) as object)) as Classes;
  const { prototype } = exported[Class]!;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, member)!;
  Reflect.deleteProperty(prototype, member);
  try {
    return loadWith(`${Class}.${member}`, [], real => real);
  } finally {
    Object.defineProperty(prototype, member, descriptor);
  }
}

const version = (other: string): Case =>
  loadWith(other, ['mongodb/package.json'], real => ({ ...real, version: other }));

process.send?.({
  untouched: loadWith('nothing', [], real => real),
  versions: ['7.9.1', '7.10.0', '6.22.0', '8.0.0', '7.9.0-beta.1'].map(version),
  names: taken().map(({ path, name, modules }) => loadWith(`${path} ${name}`, modules, without(name))),
  members: members().map(([Class, member]) => withoutMember(Class, member))
});
process.disconnect();
