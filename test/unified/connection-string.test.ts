import { expect } from 'chai';
import { withFirstHost, withOptions } from './connection-string';

describe("a unified test's connection string", () => {
  it('takes options in place of its own, whatever their case', () => {
    const uri = withOptions('mongodb://me:secret@a,b/db?retryReads=true&appName=x', { retryreads: false });
    expect(uri).to.equal('mongodb://me:secret@a,b/db?appName=x&retryreads=false');
  });

  it('gets the slash before its options where it has none', () => {
    expect(withOptions('mongodb://a', { w: 1 })).to.equal('mongodb://a/?w=1');
  });

  it('repeats an option that is a list', () => {
    const uri = withOptions('mongodb://a/', { readPreferenceTags: ['dc:ny', ''] });
    expect(uri).to.equal('mongodb://a/?readPreferenceTags=dc%3Any&readPreferenceTags=');
  });

  it('names no replica set for a direct connection', () => {
    const uri = withOptions('mongodb://a/?replicaSet=rs', { directConnection: true });
    expect(uri).to.equal('mongodb://a/?directConnection=true');
  });

  it('can be cut to its first host', () => {
    expect(withFirstHost('mongodb://me:secret@a:1,b:2/?w=1')).to.equal('mongodb://me:secret@a:1/?w=1');
  });
});
