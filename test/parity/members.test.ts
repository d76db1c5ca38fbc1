import { expect } from 'chai';
import * as driver from 'mongodb';
import * as motor from '../../lib';
import { settle, within } from '../support/bounds';
import { useStage } from '../support/stage';
import { ours, theirs } from './classes';
import { declaredClasses, type DeclaredClass, type Member } from './declared';
import { exclusions } from './exclusions';
import { subjects } from './subjects';

type Method = (...args: unknown[]) => unknown;

const classes = declaredClasses();
const withAsync = classes.filter(
  ({ isAbstract, members }) => !isAbstract && members.some(({ isAsync }) => isAsync)
);

function keyOf(name: string): string | symbol {
  const [, known] = /^Symbol\.(\w+)$/.exec(name) ?? [];
  return known ? (Reflect.get(Symbol, known) as symbol) : name;
}

/** The names of what an object has and inherits, up to what every object of its platform class has. */
function namesOf(start: object, end: object): (string | symbol)[] {
  const names: (string | symbol)[] = [];
  for (
    let object: object | null = start;
    object && object !== end;
    object = Object.getPrototypeOf(object) as object
  ) {
    names.push(...Reflect.ownKeys(object));
  }
  return [...new Set(names)];
}

describe("every class of the driver's", () => {
  it('was found in its declarations, and is exported', () => {
    expect(classes.map(({ name }) => name)).to.include.members([
      'MongoClient',
      'AbstractCursor',
      'ClientEncryption'
    ]);
    for (const { name } of classes) {
      if (name in driver) expect(ours(name), name).to.be.a('function');
    }
  });

  for (const { name, members, isAbstract } of classes.filter(({ name }) => theirs(name))) {
    it(`${name} has every member here that it has there`, () => {
      const [Theirs, Ours] = [theirs(name)!, ours(name)];
      for (const member of namesOf(Theirs.prototype, Object.prototype)) {
        expect(member in Ours.prototype, `${name}.prototype.${String(member)}`).to.equal(true);
      }
      for (const member of namesOf(Theirs, Function.prototype)) {
        expect(member in Ours, `${name}.${String(member)}`).to.equal(true);
      }
      for (const { name: member, isAsync, isStatic } of members) {
        if (isAsync && !isAbstract)
          expect(keyOf(member) in (isStatic ? Ours : Ours.prototype), member).to.equal(true);
      }
    });
  }
});

describe("every asynchronous member of the driver's", () => {
  const stage = useStage();
  let client: motor.MongoClient;

  beforeEach(async () => {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    simulator.on('aggregate', (_command, reply) => reply.fail(13, 'Unauthorized'));
    client = await stage.client(simulator.uri()).connect();
  });

  /** The class or an instance, and its method. */
  function target({ name }: DeclaredClass, { name: member, isStatic }: Member): [object, Method] {
    const make = subjects[name];
    expect(make, `test/parity/subjects.ts gives no ${name}`).to.be.a('function');
    const owner = isStatic ? ours(name) : make!(client);
    expect(isStatic || owner.constructor === ours(name), `it is our ${name}`).to.equal(true);
    return [owner, Reflect.get(owner, keyOf(member)) as Method];
  }

  /** Without sensible arguments, it fails or not: what counts is how it tells. */
  async function offered(Class: DeclaredClass, member: Member): Promise<void> {
    const [asked, method] = target(Class, member);
    const args = Array.from({ length: method.length }, () => undefined);
    const future = method.apply(asked, args);
    expect(future, 'what it returns').to.be.instanceOf(motor.Future);
    await within(5000, 'its end', settle(future as Promise<unknown>));
    const [another] = target(Class, member);
    const called = new Promise<void>(resolve => {
      const returned = method.call(another, ...args, () => resolve());
      expect(returned, 'what it returns with a callback').to.equal(undefined);
    });
    await within(5000, 'its callback', called);
  }

  for (const Class of withAsync) {
    for (const member of Class.members.filter(({ isAsync }) => isAsync)) {
      const excluded = exclusions[member.name];
      it(`${Class.name}.${member.name} ${excluded ? `is excluded: ${excluded}` : 'gives a future, and takes a callback'}`, async () => {
        const { error } = await settle(offered(Class, member));
        if (error && !excluded) throw error;
        if (!error && excluded)
          throw new Error(`${Class.name}.${member.name} is offered: the exclusion is stale`);
      });
    }
  }

  it('is excluded only by names that there are', () => {
    const names = withAsync.flatMap(({ members }) =>
      members.filter(({ isAsync }) => isAsync).map(({ name }) => name)
    );
    for (const [name, reason] of Object.entries(exclusions)) {
      expect(names, name).to.include(name);
      expect(reason, name).not.to.equal('');
    }
  });
});
