// Builds SecantusDB's Rust server into the project's cache folder, where test/support/server.ts looks for it. It takes
// some minutes and is done once: continuous integration calls it, `npm start` and `npm test` never do.
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

const version = '0.5.3-beta.196';
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mongo-motor');
const binary = join(cache, 'bin', process.platform === 'win32' ? 'secantusd-rs.exe' : 'secantusd-rs');

if (installedVersion() === version) {
  console.log(`secantusd-rs ${version} is there already: ${binary}`);
} else if (spawnSync('cargo', ['--version']).error) {
  fail('cargo is not on PATH. Install Rust (https://rustup.rs) and run this again.');
} else {
  build();
}

function installedVersion() {
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return /^secantusd-rs (\S+)/.exec(stdout ?? '')?.[1];
}

/** The crate asks for a newer Rust than it needs. */
function build() {
  const what = ['install', 'secantus-mdb', '--version', version, '--locked', '--ignore-rust-version'];
  console.log(`building secantusd-rs ${version} into ${binary}: this takes some minutes`);
  const { status } = spawnSync('cargo', [...what, '--root', cache], { stdio: 'inherit' });
  if (status !== 0) fail('cargo could not build secantusd-rs: see its messages above.');
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
