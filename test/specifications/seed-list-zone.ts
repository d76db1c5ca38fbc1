import type { SrvRecord } from 'node:dns';

const ZONE = 'test.build.10gen.cc';

/** The hosts and ports that the SRV record of a name has, in the zone which the specification prescribes for its tests. */
const services: Record<string, [port: number, host?: string][]> = {
  test1: [[27017], [27018]],
  test2: [[27018], [27019]],
  test12: [[27017, 'localhost.build.10gen.cc']],
  test13: [[27017, 'test.build.10gen.cc']],
  test14: [[27017, 'localhost.not-test.build.10gen.cc']],
  test15: [[27017, 'localhost.test.not-build.10gen.cc']],
  test16: [[27017, 'localhost.test.build.not-10gen.cc']],
  test17: [[27017, 'localhost.test.build.10gen.not-cc']],
  test18: [[27017, 'localhost.sub.test.build.10gen.cc']],
  test19: [[27017, 'localhost.evil.build.10gen.cc'], [27017]],
  test23: [[8000]],
  test24: [[8000]]
};

/** Those with one server on the default port. */
const plain = ['test3', 'test5', 'test6', 'test7', 'test8', 'test10', 'test11', 'test20', 'test21'];

const texts: Record<string, string[][]> = {
  test5: [['replicaSet=repl0&authSource=thisDB']],
  test6: [['replicaSet=repl0'], ['authSource=otherDB']],
  test7: [['ssl=false']],
  test8: [['authSource']],
  test10: [['socketTimeoutMS=500']],
  test11: [['replicaS', 'et=rep', 'l0']],
  test20: [['loadBalanced=true']],
  test21: [['loadBalanced=false']],
  test24: [['loadBalanced=true']]
};

/** Answers as `dns.promises.resolve` would in that zone. */
export async function resolve(name: string, type: 'SRV' | 'TXT'): Promise<SrvRecord[] | string[][]> {
  return type === 'SRV' ? service(name.toLowerCase()) : text(name.toLowerCase());
}

function service(name: string): SrvRecord[] {
  const [, kind = '', host = ''] = new RegExp(`^_(\\w+)\\._tcp\\.(\\w+)\\.${ZONE}$`).exec(name) ?? [];
  const found =
    kind === 'customname' ? host === 'test22' && services.test1 : kind === 'mongodb' && servers(host);
  if (!found) throw notFound('querySrv', name);
  return found.map(([port, target = `localhost.${ZONE}`]) => ({
    name: target,
    port,
    priority: 0,
    weight: 0
  }));
}

function servers(host: string): [port: number, host?: string][] | undefined {
  return services[host] ?? (plain.includes(host) ? [[27017]] : undefined);
}

function text(name: string): string[][] {
  const found = texts[name.split('.')[0]!];
  if (!found || !name.endsWith(ZONE)) throw notFound('queryTxt', name);
  return found;
}

function notFound(syscall: string, hostname: string): Error {
  return Object.assign(new Error(`${syscall} ENOTFOUND ${hostname}`), {
    code: 'ENOTFOUND',
    syscall,
    hostname
  });
}
