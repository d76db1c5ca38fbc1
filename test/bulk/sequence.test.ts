import { expect } from 'chai';
import { EncodedSequence } from '../../lib/sequence';

describe('a sequence of encoded documents', () => {
  it('may be longer than any document may be', () => {
    const documents = 40;
    const sequence = new EncodedSequence('documents', []);
    for (let i = 0; i < documents; i++) {
      sequence.put(Buffer.alloc(1 << 20, 7));
      sequence.add();
    }
    const bytes = Buffer.from(sequence.toBin());
    expect(bytes.readInt32LE(1)).to.equal(bytes.length - 1);
    expect(bytes.length).to.equal(15 + documents * (1 << 20));
  });
});
