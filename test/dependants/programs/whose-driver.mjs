// Prints the package that the dependant named by DEPENDANT gets when it asks for the driver.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const here = createRequire(import.meta.url);
const dependant = createRequire(pathToFileURL(here.resolve(process.env.DEPENDANT)));
const manifest = dependant.resolve('mongodb/package.json');
console.log(JSON.parse(readFileSync(manifest, 'utf8')).name);
