import { expect } from 'chai';
import { App } from '../support/installed';
import { ours } from './classes';
import { declaredClasses } from './declared';

/** Prints the methods of mongodb-legacy that have a parameter `callback`, and how many parameters are before it. */
const PRINT = `
const legacy = require('mongodb-legacy');
const methods = [];
function add(name, isStatic, owner) {
  for (const [member, { value }] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
    if (typeof value !== 'function' || member === 'prototype' || member === 'constructor') continue;
    const [, parameters] = /^[^(]*\\(([^)]*)\\)/.exec(String(value)) ?? [, ''];
    const place = parameters.split(',').map(parameter => parameter.trim()).indexOf('callback');
    if (place >= 0) methods.push({ name, member, isStatic, place });
  }
}
for (const name of Object.keys(legacy)) {
  if (typeof legacy[name] !== 'function' || !legacy[name].prototype) continue;
  add(name, true, legacy[name]);
  add(name, false, legacy[name].prototype);
}
console.log(JSON.stringify(methods));
`;

interface LegacyMethod {
  readonly name: string;
  readonly member: string;
  readonly isStatic: boolean;
  readonly place: number;
}

describe('callback style covers mongodb-legacy', () => {
  it('each of its methods that take a callback takes one here, with as many arguments before it', async function () {
    const app = await App.install(this, { dependencies: { 'mongodb-legacy': '6.1.3' } });
    try {
      app.write('print.js', PRINT);
      const methods = JSON.parse(await app.run('print.js')) as LegacyMethod[];
      expect(methods).to.have.length.above(90);
      const declared = new Map(declaredClasses().map(({ name, members }) => [name, members]));
      for (const { name, member, isStatic, place } of methods) {
        const there = declared.get(name)?.find(known => known.name === member && known.isStatic === isStatic);
        expect(there?.isAsync, `${name}.${member} is asynchronous, so that it takes a callback`).to.equal(
          true
        );
        const method: unknown = Reflect.get(isStatic ? ours(name) : ours(name).prototype, member);
        expect(method, `${name}.${member}`)
          .to.be.a('function')
          .with.property('length')
          .that.is.at.least(place);
      }
    } finally {
      app.remove();
    }
  });
});
