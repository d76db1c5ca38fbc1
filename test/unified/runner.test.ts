import { loadDriver } from './driver';
import type { Driver } from './driver';
import { Environments } from './environments';
import { assertSupported, haveSpecifications, howToGetSpecifications, loadFolder } from './files';
import type { LoadedFile } from './files';
import type { TestDescription } from './format';
import { runTest } from './runner';

/*
 * The format comes with tests of its own for those who write a runner. unified.test.ts runs the ones that must pass.
 * These must not: a runner that lets them pass does not look closely enough.
 */
describe('the runner of unified tests', () => {
  if (!haveSpecifications) {
    it.skip(howToGetSpecifications);
    return;
  }
  let driver: Driver;
  let environments: Environments;

  before(async () => {
    driver = await loadDriver();
    environments = await Environments.open();
  });

  after(() => environments?.close());

  for (const file of loadFolder('unified-test-format/tests/valid-fail')) {
    for (const test of file.tests) {
      it(`fails ${file.name}: ${test.description}`, async () => {
        if (await passes(file, test, driver, environments)) throw new Error('the test passed');
      });
    }
  }
});

async function passes(
  file: LoadedFile,
  test: TestDescription,
  driver: Driver,
  environments: Environments
): Promise<boolean> {
  try {
    assertSupported(file);
    await runTest(file, test, driver, environments.shared);
    return true;
  } catch {
    return false;
  }
}
