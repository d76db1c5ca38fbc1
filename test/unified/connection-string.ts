import type { Document } from 'mongodb';

/** The connection string with `options` in place of its own. */
export function withOptions(uri: string, options: Document): string {
  const [address = '', query = ''] = uri.split('?');
  const parameters = new URLSearchParams(query);
  if (options.directConnection === true) remove(parameters, 'replicaSet');
  for (const [name, value] of Object.entries(options)) {
    remove(parameters, name);
    for (const single of [value].flat()) parameters.append(name, String(single));
  }
  return parameters.size === 0 ? uri : `${withPath(address)}?${parameters}`;
}

/** The connection string with the first of its hosts alone. */
export function withFirstHost(uri: string): string {
  const [, scheme = '', hosts = '', rest = ''] = /^(\w+:\/\/(?:[^@/]*@)?)([^/?]+)(.*)$/.exec(uri) ?? [];
  return scheme + hosts.split(',')[0] + rest;
}

/** Options' names are the same whatever their case. */
function remove(parameters: URLSearchParams, name: string): void {
  for (const present of [...parameters.keys()]) {
    if (present.toLowerCase() === name.toLowerCase()) parameters.delete(present);
  }
}

function withPath(address: string): string {
  return /^\w+:\/\/[^/]+$/.test(address) ? `${address}/` : address;
}
