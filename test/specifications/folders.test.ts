import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { haveSpecifications, howToGetSpecifications, specificationsDirectory } from '../unified/files';
import { loadFiles } from './files';
import { folders } from './folders';

describe('the folders of tests in formats of their own', () => {
  if (!haveSpecifications) {
    it.skip(howToGetSpecifications);
    return;
  }

  it('are all there are', () => {
    const missed = readdirSync(specificationsDirectory)
      .filter(folder => folder !== 'unified-test-format') // which has files that are wrong on purpose
      .flatMap(folder => loadFiles(folder).map(({ name }) => `${folder}/${name}`))
      .filter(path => !folders.some(folder => path.startsWith(`${folder}/`)));
    expect(missed).to.deep.equal([]);
  });
});
