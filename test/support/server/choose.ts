/** The servers the project can run against, in the order of preference. */
export type ServerKind = 'uri' | 'mongod' | 'secantusd-rs' | 'secantusd-py';
export type LocalKind = Exclude<ServerKind, 'uri'>;

/** How to run a server that was found: the command with its first arguments, and why it is this one. */
export interface Finding {
  command: [string, ...string[]];
  name: string;
  why: string;
}

export interface Missing {
  missing: string;
}

/** Each probe looks for one kind of server, and says why when it has none. */
export interface Probes extends Record<LocalKind, () => Promise<Finding | Missing>> {
  uri: () => { uri: string } | Missing;
}

export type Choice = { kind: 'uri'; uri: string } | ({ kind: LocalKind; passedOver: string[] } & Finding);

const localKinds: LocalKind[] = ['mongod', 'secantusd-rs', 'secantusd-py'];

/** Asks one probe after the other: a later one may install something, so it only runs when those before it failed. */
export async function chooseServer(probes: Probes): Promise<Choice> {
  const uri = probes.uri();
  if ('uri' in uri) return { kind: 'uri', uri: uri.uri };
  const passedOver = [`MONGODB_URI ${uri.missing}`];
  for (const kind of localKinds) {
    const found = await probes[kind]();
    if (!('missing' in found)) return { kind, ...found, passedOver };
    passedOver.push(`${kind}: ${found.missing}`);
  }
  throw new ServerNotFoundError(passedOver);
}

/** One line that says which server was chosen and why; a URI's credentials stay out of it. */
export function describeChoice(choice: Choice): string {
  if (choice.kind === 'uri') return 'server: the one MONGODB_URI points to, since it is set';
  return `server: ${choice.name}, ${choice.why} (${choice.passedOver.join('; ')})`;
}

export class ServerNotFoundError extends Error {
  override readonly name = 'ServerNotFoundError';

  constructor([uri, mongod, rust, python]: string[]) {
    super(
      [
        'No MongoDB server to run against. Any one of these will do:',
        `1. set MONGODB_URI to a server of yours (${uri})`,
        `2. put mongod on PATH, or let mongodb-memory-server download it (${mongod})`,
        `3. build SecantusDB once: node scripts/install-server.mjs (${rust})`,
        `4. have python3 with venv and pip, which install SecantusDB by themselves (${python})`
      ]
        .map(line => line.replace(/\s*\n\s*/g, ' '))
        .join('\n')
    );
  }
}
