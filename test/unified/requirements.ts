import type { Document } from 'mongodb';
import type { Environment } from './environment';
import type { RunOnRequirement } from './format';
import { asNumber } from './values';
import { compareVersions } from './versions';
import { InvalidTest } from './mismatch';

/** Why none of the requirements is met by the server at hand; undefined when one is, or when there are none. */
export function unmetRequirements(
  requirements: RunOnRequirement[] | undefined,
  environment: Environment
): string | undefined {
  if (!requirements) return undefined;
  const reasons = requirements.map(requirement => unmet(requirement, environment));
  if (reasons.includes(undefined)) return undefined;
  return [...new Set(reasons)].join('; or ');
}

type Check = (wanted: never, environment: Environment) => string | undefined;

const checks: Record<keyof RunOnRequirement, Check> = {
  minServerVersion: (wanted: string, { version }) =>
    compareVersions(version, wanted) < 0 ? `needs server ${wanted} or newer, this is ${version}` : undefined,

  maxServerVersion: (wanted: string, { version }) =>
    compareVersions(version, wanted) > 0 ? `needs server ${wanted} or older, this is ${version}` : undefined,

  topologies: (wanted: string[], { topology }) =>
    wanted.some(name => name === topology || (name === 'sharded-replicaset' && topology === 'sharded'))
      ? undefined
      : `needs the topology ${wanted.join(' or ')}, this is ${topology}`,

  serverless: (wanted: string) => (wanted === 'require' ? 'needs Atlas Serverless' : undefined),

  auth: (wanted: boolean, { authentication }) =>
    wanted === authentication ? undefined : `needs authentication to be ${wanted ? 'on' : 'off'}`,

  authMechanism: (wanted: string, { serverParameters }) => {
    const offered: string[] = serverParameters.authenticationMechanisms ?? [];
    const found = offered.some(name => name.toLowerCase() === wanted.toLowerCase());
    return found ? undefined : `needs the authentication mechanism ${wanted}`;
  },

  serverParameters: (wanted: Document, { serverParameters }) => {
    const missing = Object.keys(wanted).find(name => !sameValue(wanted[name], serverParameters[name]));
    return missing && `needs the server parameter ${missing} to be ${wanted[missing]}`;
  },

  csfle: (wanted: boolean | Document) =>
    wanted ? 'needs mongodb-client-encryption, which is not installed' : undefined
};

function unmet(requirement: RunOnRequirement, environment: Environment): string | undefined {
  for (const [name, wanted] of Object.entries(requirement)) {
    const check = checks[name as keyof RunOnRequirement];
    if (!check) throw new InvalidTest(`unknown requirement ${name}`);
    const reason = check(wanted as never, environment);
    if (reason) return reason;
  }
  return undefined;
}

function sameValue(wanted: unknown, actual: unknown): boolean {
  return (asNumber(wanted) ?? wanted) === (asNumber(actual) ?? actual);
}
