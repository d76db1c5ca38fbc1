import { join } from 'node:path';
import { expect } from 'chai';
import { messageOf } from '../support/child';
import { useStage } from '../support/stage';

type Counts = Record<string, number>;

describe('events that nobody hears', () => {
  const stage = useStage();

  it('are not made, however many operations run', async function () {
    this.timeout(30_000);
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    const path = join(__dirname, '../support/counted-events.ts');
    const counts = await messageOf<Record<'unheard' | 'checkedOut' | 'started' | 'unmonitored', Counts>>(
      path,
      [simulator.uri()]
    );
    expect(counts.checkedOut, 'one listener for the pool').to.deep.equal({ ConnectionCheckedOutEvent: 10 });
    expect(counts.started, 'one listener for commands').to.include({ CommandStartedEvent: 10 });
    expect(counts.unmonitored, 'a listener without monitorCommands').to.deep.equal({});
    expect(counts.unheard, 'no listener').to.deep.equal({});
  });
});
