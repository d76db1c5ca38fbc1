import { expect } from 'chai';
import fc from 'fast-check';
import { Members } from '../../lib/members';

type Item = Readonly<{ id: number }>;

/** What can be done to a set, and what comes of it. */
const ACTIONS: Record<string, (set: Set<Item>, item: Item) => unknown> = {
  add: (set, item) => set.add(item) === set,
  delete: (set, item) => set.delete(item),
  has: (set, item) => set.has(item),
  clear: set => set.clear(),
  'delete what is read': (set, item) => {
    set.delete(item);
    const read: number[] = [];
    for (const member of set) {
      read.push(member.id);
      set.delete(member);
    }
    return sorted(read);
  }
};

const step = fc.record({ action: fc.constantFrom(...Object.keys(ACTIONS), 'add', 'add'), id: fc.nat(12) });

const sorted = (ids: number[]): number[] => ids.sort((a, b) => a - b);
const idsOf = (items: Iterable<Item>): number[] => sorted(Array.from(items, ({ id }) => id));

function contents(set: Set<Item>): unknown[] {
  const told: Item[] = [];
  set.forEach((item, same, whole) => {
    expect([same, whole]).to.deep.equal([item, set]);
    told.push(item);
  });
  const pairs = Array.from(set.entries(), ([item, same]) => (item === same ? item : { id: NaN }));
  return [set.size, idsOf(set), idsOf(told), idsOf(pairs), idsOf(set.keys()), idsOf(set.values())];
}

describe('a set of objects that come and go', () => {
  it('has what a Set has', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), script => {
        const items = Array.from({ length: 13 }, (_, id): Item => Object.freeze({ id }));
        const [ours, theirs] = [new Members<Item>(), new Set<Item>()];
        for (const { action, id } of script) {
          const [actual, expected] = [ours, theirs].map(set => ACTIONS[action]!(set, items[id]!));
          expect(actual).to.deep.equal(expected);
          expect(contents(ours)).to.deep.equal(contents(theirs));
        }
      })
    );
  });

  it('tells, while it is read, of none that has left', () => {
    const items = [{ id: 1 }, { id: 2 }, { id: 3 }];
    const members = new Members<Item>();
    for (const item of items) members.add(item);
    const read: number[] = [];
    for (const { id } of members) {
      read.push(id);
      members.delete(items[1]!);
    }
    expect(read).to.deep.equal([1, 3]);
  });

  it('leaves no trace on them that could be seen', () => {
    const items = [{}, {}];
    const members = new Members();
    for (const item of items) members.add(item);
    expect(items.flatMap(Reflect.ownKeys)).to.deep.equal([]);
    expect(members).to.be.instanceOf(Set);
  });
});
