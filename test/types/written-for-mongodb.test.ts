import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const PROGRAMS = join(__dirname, 'written-for-mongodb');
const OURS = join(ROOT, 'lib/index.ts');

/** What the compiler says of the programs in that folder, for whom `mongodb` is the driver or this library. */
function compile(library?: string): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), path => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const files = readdirSync(PROGRAMS).map(name => join(PROGRAMS, name));
  const host = ts.createCompilerHost(options);
  const cache = ts.createModuleResolutionCache(ROOT, path => path, options);
  host.resolveModuleNameLiterals = (names, from, redirected, _options, file) =>
    names.map(name => {
      if (library && name.text === 'mongodb' && from.startsWith(PROGRAMS)) {
        return { resolvedModule: { resolvedFileName: library, extension: ts.Extension.Ts } };
      }
      const mode = ts.getModeForUsageLocation(file, name, options);
      return ts.resolveModuleName(name.text, from, options, host, cache, redirected, mode);
    });
  const program = ts.createProgram(files, options, host);
  expect(program.getSourceFile(OURS) !== undefined, 'whether ours is compiled').to.equal(library === OURS);
  return files
    .flatMap(file => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(diagnostic => ts.formatDiagnostic(diagnostic, { ...host, getCurrentDirectory: () => PROGRAMS }));
}

describe('programs written for mongodb, and the mistakes in them', () => {
  it('compile, or not, against the driver', function () {
    this.timeout(120_000);
    expect(compile()).to.deep.equal([]);
  });

  it('compile, or not, in the same way against this library', function () {
    this.timeout(120_000);
    expect(compile(OURS)).to.deep.equal([]);
  });
});
