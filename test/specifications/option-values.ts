import type { Document, MongoClient } from 'mongodb';

type Read = (options: MongoClient['options']) => unknown;

/** Where the driver keeps what the specification calls by these names, in lower case. */
const places: Record<string, Read> = {
  appname: ({ appName }) => appName,
  authmechanism: ({ credentials }) => credentials?.mechanism,
  authmechanismproperties: ({ credentials }) => credentials?.mechanismProperties,
  authsource: ({ credentials }) => credentials?.source,
  journal: ({ writeConcern }) => writeConcern?.journal,
  maxstalenessseconds: ({ readPreference }) => readPreference.maxStalenessSeconds,
  readconcernlevel: ({ readConcern }) => readConcern?.level,
  readpreference: ({ readPreference }) => readPreference.mode,
  readpreferencetags: ({ readPreference }) => readPreference.tags,
  tlsallowinvalidcertificates: ({ rejectUnauthorized }) => rejectUnauthorized === false,
  tlsallowinvalidhostnames: ({ checkServerIdentity }) => acceptsAnyName(checkServerIdentity),
  tlscertificatekeyfilepassword: ({ passphrase }) => passphrase,
  tlsinsecure: ({ rejectUnauthorized, checkServerIdentity }) =>
    rejectUnauthorized === false && acceptsAnyName(checkServerIdentity),
  w: ({ writeConcern }) => writeConcern?.w,
  wtimeoutms: ({ writeConcern }) => writeConcern?.wtimeoutMS
};

/** The value of an option of the specification in a client; names are the same whatever their case. */
export function optionValue({ options }: MongoClient, name: string): unknown {
  const place = places[name.toLowerCase()];
  if (place) return place(options);
  const key = Object.keys(options).find(own => own.toLowerCase() === name.toLowerCase());
  return key && (options as object as Document)[key];
}

function acceptsAnyName(check: unknown): boolean {
  return typeof check === 'function' && check('example.com', {}) === undefined;
}
