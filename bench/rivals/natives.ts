// Rivals in other languages: programs that do what child.ts does, each built when it is first asked for.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built, outputOf } from './build.js';

export interface Program {
  command: string;
  args: string[];
}

export interface Native extends Program {
  /** The versions of the driver and of what compiled or runs it. */
  version: string;
}

const home = (language: string) => fileURLToPath(new URL(`../../rivals/${language}/`, import.meta.url));

const filesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ name }) => join(folder, name));

/** What `pattern` finds in a file that pins versions. */
const pinned = (file: string, pattern: RegExp) => pattern.exec(readFileSync(file, 'utf8'))?.[1] ?? 'unknown';

function go(): Native {
  const [sources, tool] = [home('go'), outputOf('go', ['env', 'GOVERSION'])];
  const folder = built('go', tool, filesIn(sources), folder =>
    outputOf('go', ['build', '-buildvcs=false', '-o', join(folder, 'rival'), '.'], sources)
  );
  const driver = pinned(join(sources, 'go.mod'), /mongo-driver\/v2 v(\S+)/);
  return { command: join(folder, 'rival'), args: [], version: `${driver}, ${tool}` };
}

function rust(): Native {
  const [sources, tool] = [home('rust'), outputOf('rustc', ['--version'])];
  const files = [...filesIn(sources), ...filesIn(join(sources, 'src'))];
  const folder = built('rust', tool, files, folder => {
    const target = mkdtempSync(join(tmpdir(), 'bench-rust-'));
    const how = ['--locked', '--quiet', '--no-track', '--root', folder, '--target-dir', target];
    try {
      outputOf('cargo', ['install', '--path', sources, ...how]);
    } finally {
      rmSync(target, { recursive: true, force: true });
    }
  });
  const driver = pinned(join(sources, 'Cargo.toml'), /mongodb = .*"=([\d.]+)"/);
  return { command: join(folder, 'bin', 'rival'), args: [], version: `${driver}, ${tool}` };
}

function python(name: 'pymongo' | 'motor'): Native {
  const [sources, tool] = [home('python'), outputOf('python3', ['--version'])];
  const requirements = join(sources, 'requirements.txt');
  const folder = built('python', tool, [requirements], folder => {
    outputOf('python3', ['-m', 'venv', folder]);
    outputOf(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  });
  const driver = pinned(requirements, new RegExp(`^${name}==(.+)$`, 'm'));
  const args = [join(sources, 'rival.py'), name];
  return { command: join(folder, 'bin', 'python'), args, version: `${driver}, ${tool}` };
}

/** Each throws `Unavailable` where its tools are not to be had. */
export const natives: Record<string, () => Native> = {
  pymongo: once(() => python('pymongo')),
  'motor-python': once(() => python('motor')),
  go: once(go),
  rust: once(rust)
};

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
