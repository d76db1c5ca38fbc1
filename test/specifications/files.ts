import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'mongodb';
import { specificationsDirectory } from '../unified/files';

export interface SpecificationFile {
  /** Its path in the folder, without `.json`. */
  name: string;
  content: Document;
}

/** The test files under a folder of the specifications that are in a format of their own, in the order of their names. */
export function loadFiles(
  folder: string,
  parse: (text: string) => Document = JSON.parse
): SpecificationFile[] {
  const directory = join(specificationsDirectory, folder);
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(path =>
    path.endsWith('.json')
  );
  return paths
    .sort()
    .map(path => ({
      name: path.slice(0, -'.json'.length),
      content: parse(readFileSync(join(directory, path), 'utf8'))
    }))
    .filter(({ content }) => content.schemaVersion === undefined);
}
