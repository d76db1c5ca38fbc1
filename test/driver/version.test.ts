import { join } from 'node:path';
import { expect } from 'chai';
import { messageOf } from '../support/child';
import type { Case } from '../support/doctored-driver';

interface Loaded {
  untouched: Case;
  versions: Case[];
  names: Case[];
  members: Case[];
}

describe('the driver under this library', () => {
  let loaded: Loaded;
  before(async function () {
    this.timeout(30_000);
    loaded = await messageOf(join(__dirname, '../support/doctored-driver.ts'));
  });

  it('is taken when it is the one version that this library was made for', () => {
    expect(loaded.untouched).to.deep.equal({ what: 'nothing' });
  });

  it('is refused in any other version, with both versions and what to do in the message', () => {
    expect(loaded.versions).to.have.length(5);
    for (const { what, name, code, message } of loaded.versions) {
      expect({ name, code }, what).to.deep.equal({ name: 'MotorError', code: 'ERR_DRIVER_VERSION' });
      expect(message).to.include(`mongodb 7.9.0 exactly`);
      expect(message).to.include(`found ${what}`);
      expect(message).to.include('npm install mongo-motor mongodb@7.9.0');
    }
  });

  it('is refused at load when anything that is used of it is gone, and the message says what', () => {
    expect(loaded.names, 'what is used').to.have.length.above(50);
    for (const { what, name, code, message } of loaded.names) {
      const [path, missing] = what.split(' ');
      expect({ name, code }, what).to.deep.equal({ name: 'MotorError', code: 'ERR_DRIVER_VERSION' });
      expect(message).to.include(`its ${path} has no ${missing}`);
    }
  });

  it('is refused at load when a private member that is called is gone', () => {
    expect(loaded.members, 'what is called').to.have.length.above(5);
    for (const { what, name, code, message } of loaded.members) {
      const [Class, member] = what.split('.');
      expect({ name, code }, what).to.deep.equal({ name: 'MotorError', code: 'ERR_DRIVER_VERSION' });
      expect(message).to.include(`${Class} has no ${member}`);
    }
  });
});
