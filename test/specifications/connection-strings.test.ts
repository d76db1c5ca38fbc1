import { isIPv4 } from 'node:net';
import { expect } from 'chai';
import type { Document, MongoClient } from 'mongodb';
import { optionValue } from './option-values';
import { parse } from './parsed-client';
import { defineFolder } from './suite';
import type { Test } from './suite';

interface Host {
  type: string;
  host: string;
  port: number | null;
}

interface Auth {
  username: string | null;
  password: string | null;
  db: string | null;
}

interface ConnectionStringTest {
  description: string;
  uri: string;
  valid: boolean;
  warning?: boolean | null;
  hosts?: Host[] | null;
  auth?: Auth | null;
  options?: Document | null;
  credential?: Document | null;
  readConcern?: Document;
  writeConcern?: Document;
}

describe('connection strings', () => {
  for (const path of [
    'connection-string/tests',
    'uri-options/tests',
    'auth/tests/legacy',
    'read-write-concern/tests/connection-string'
  ] as const) {
    defineFolder({ path, tests: ({ content }) => (content.tests as ConnectionStringTest[]).map(define) });
  }
});

function define(test: ConnectionStringTest): [string, Test] {
  return [test.description, test.valid ? () => accepts(test) : () => refuses(test)];
}

function refuses({ uri }: ConnectionStringTest): void {
  expect(() => parse(uri), uri).to.throw(Error);
}

function accepts(test: ConnectionStringTest): void {
  const { client, warnings } = parse(test.uri);
  if (typeof test.warning === 'boolean') {
    expect(warnings.length > 0, `warns: ${warnings.join()}`).to.equal(test.warning);
  }
  if (test.hosts) expect(hostsOf(client)).to.deep.equal(test.hosts.map(withPort));
  if (test.auth) expectAuth(client, test.auth);
  for (const [name, value] of Object.entries(test.options ?? {})) expectOption(client, name, value);
  if (test.credential !== undefined) expectCredential(client, test.credential);
  if (test.readConcern) expect(concern(client.readConcern, ['level'])).to.deep.equal(test.readConcern);
  if (test.writeConcern) {
    const fields = ['w', 'wtimeoutMS', 'journal'];
    expect(concern(client.writeConcern, fields)).to.deep.equal(test.writeConcern);
  }
}

/** The port is the default one where the specification has none. */
function withPort({ type, host, port }: Host): Host {
  return { type, host, port: type === 'unix' ? null : (port ?? 27017) };
}

function hostsOf({ options }: MongoClient): Host[] {
  return options.hosts.map(({ socketPath, host = '', port = null, isIPv6 }) => {
    if (socketPath !== undefined) return { type: 'unix', host: socketPath, port: null };
    const type = isIPv6 ? 'ip_literal' : isIPv4(host) ? 'ipv4' : 'hostname';
    return { type, host, port };
  });
}

/** The database of a client without one is called "test". */
function expectAuth({ options }: MongoClient, { username, password, db }: Auth): void {
  expectName(options.credentials?.username, username, 'username');
  expectName(options.credentials?.password, password, 'password');
  expect(options.dbName, 'database').to.equal(db ?? 'test');
}

/** The driver keeps an empty one for none. */
function expectName(actual: string | undefined, expected: string | null, what: string): void {
  expect(actual || null, what).to.equal(expected || null);
}

function expectCredential({ options: { credentials } }: MongoClient, expected: Document | null): void {
  if (expected === null) return void expect(credentials).to.equal(undefined);
  const { username, password, source, mechanism, mechanismProperties } = credentials!;
  expectName(username, expected.username, 'username');
  expectName(password, expected.password, 'password');
  if (expected.source !== null) expect(source, 'source').to.equal(expected.source);
  expect(mechanism === 'DEFAULT' ? null : mechanism, 'mechanism').to.equal(expected.mechanism);
  const defaults = mechanism === 'GSSAPI' ? { SERVICE_NAME: 'mongodb' } : {}; // as it authenticates
  expect({ ...defaults, ...mechanismProperties }).to.deep.include(expected.mechanism_properties ?? {});
}

/** Of the properties of a mechanism, the driver adds some of its own. */
function expectOption(client: MongoClient, name: string, expected: unknown): void {
  const actual = plain(optionValue(client, name));
  if (/properties$/i.test(name)) expect(actual, name).to.deep.include(expected as Document);
  else expect(actual, name).to.deep.equal(expected);
}

function concern(value: object | undefined, fields: string[]): Document {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => fields.includes(name)));
}

/** Without prototypes. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
