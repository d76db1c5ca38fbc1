import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const ROOT = join(__dirname, '../..');
const DOCUMENTS = ['ARCHITECTURE.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];

interface Packed {
  files: { path: string }[];
}

/** The paths that a published package would have. */
function packed(): string[] {
  const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore']
  });
  const [{ files }] = JSON.parse(printed.toString()) as [Packed];
  return files.map(({ path }) => path).sort();
}

describe('the package', () => {
  let paths: string[];
  before(function () {
    this.timeout(30_000);
    paths = packed();
  });

  it('has the documents that it needs', () => {
    expect(paths.filter(path => !path.includes('/'))).to.deep.equal(DOCUMENTS.toSorted());
  });

  it('has what was built, the sources that the source maps point to, and nothing else', () => {
    const folders = new Set(paths.filter(path => path.includes('/')).map(path => path.split('/')[0]));
    expect([...folders].sort()).to.deep.equal(['dist', 'lib']);
    const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' });
    const files = sources.filter(name => name.endsWith('.ts')).map(name => `lib/${name}`);
    expect(paths).to.include.members(files);
    for (const entry of ['index.js', 'index.mjs', 'index.d.ts', 'index.d.mts']) {
      expect(paths).to.include(`dist/${entry}`);
    }
  });

  it('has no tests, benchmarks, or leftovers', () => {
    for (const path of paths)
      expect(path).not.to.match(/test|bench|node_modules|coverage|\.log$|\.tgz$|\.env/);
  });

  it('can be installed from its lock file wherever the registry is', () => {
    const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
    expect(lock).to.include('"lockfileVersion"');
    expect(lock).not.to.include('"resolved"');
  });

  it('pins the driver exactly', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies.mongodb).to.match(/^\d+\.\d+\.\d+$/);
    expect(readFileSync(join(ROOT, 'lib/driver.ts'), 'utf8')).to.include(`'${dependencies.mongodb}'`);
  });
});
