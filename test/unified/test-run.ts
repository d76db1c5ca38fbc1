import type { Driver } from './driver';
import type { Environment } from './environment';
import { EntityMap } from './entities';
import { FailPoints } from './fail-points';

/** One test while it runs. */
export class TestRun {
  readonly entities = new EntityMap();
  readonly failPoints: FailPoints;
  /** Operations still to come are not begun: a client that has been closed would connect again for them. */
  over = false;

  constructor(
    readonly driver: Driver,
    readonly environment: Environment
  ) {
    this.failPoints = new FailPoints(environment.internal);
  }

  /** Ends what the test left open. */
  async close(): Promise<void> {
    this.over = true;
    for (const session of this.entities.all('session')) await session.endSession();
    for (const kind of ['cursor', 'changeStream'] as const) {
      for (const cursor of this.entities.all(kind)) await cursor.close().catch(() => undefined);
    }
    for (const { client } of this.entities.all('client')) await client.close();
  }
}
