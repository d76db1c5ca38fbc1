import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inPlaceOfTheDriver } from '../dependants/in-place-of-the-driver';
import { App, THIS_PACKAGE } from '../support/installed';
import { sharedServer } from '../support/server';
import { styles } from '../support/styles';

const OPENTELEMETRY = {
  '@opentelemetry/api': '1.9.1',
  '@opentelemetry/instrumentation': '0.223.0',
  '@opentelemetry/instrumentation-mongodb': '0.76.0',
  '@opentelemetry/sdk-metrics': '2.12.1',
  '@opentelemetry/sdk-trace-base': '2.12.1',
  '@opentelemetry/sdk-trace-node': '2.12.0'
};

/** A program that runs under an instrumentation, and prints what that has seen. */
const instrumentations = {
  "OpenTelemetry's instrumentation": { program: 'otel-app.mjs', packages: OPENTELEMETRY },
  "Datadog's tracer": { program: 'dd-app.mjs', packages: { 'dd-trace': '5.132.0' } }
};

interface Seen {
  spans: { name: string; parent?: string }[];
}

describe('an instrumentation that patches the driver', function () {
  this.timeout(120_000);

  for (const [name, { program, packages }] of Object.entries(instrumentations)) {
    describe(name, () => {
      let beside: App;
      let inPlace: App;
      let expected: Seen;

      before(async function () {
        const both = { mongodb: '7.9.0', 'mongo-motor': THIS_PACKAGE };
        beside = await App.install(this, { dependencies: { ...packages, ...both } });
        const dependencies = { ...packages, mongodb: THIS_PACKAGE };
        inPlace = await App.install(this, { dependencies, overrides: inPlaceOfTheDriver });
        for (const app of [beside, inPlace]) {
          for (const file of ['program.mjs', program]) {
            app.write(file, readFileSync(join(__dirname, 'apps', file), 'utf8'));
          }
        }
        expected = await seen(beside, 'mongodb', 'promise');
      });
      after(() => {
        beside?.remove();
        inPlace?.remove();
      });

      async function seen(app: App, library: string, style: string): Promise<Seen> {
        const { uri } = await sharedServer();
        return JSON.parse(await app.run(program, { args: [library, uri, style] })) as Seen;
      }

      it('sees something of the driver', () => {
        const names = expected.spans.map(({ parent }) => parent);
        expect(names).to.include.members(['crud', 'cursors', 'duplicate', 'bulk', 'transaction', 'caller 4']);
      });

      for (const style of Object.keys(styles)) {
        it(`sees the same of this package, in ${style} style`, async () => {
          expect(await seen(beside, 'mongo-motor', style)).to.deep.equal(expected);
        });
        it(`sees the same of this package in the place of the driver, in ${style} style`, async () => {
          expect(await seen(inPlace, 'mongodb', style)).to.deep.equal(expected);
        });
      }
    });
  }
});
