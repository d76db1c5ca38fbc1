import type { Document } from 'mongodb';
import type { Simulator } from './simulator';

/** Makes a simulator keep cursors as a server does, and an account of those that are open. */
export class CursorLedger {
  readonly open = new Map<bigint, Document[]>();
  opened = 0;

  constructor(
    private readonly simulator: Simulator,
    documents: Document[]
  ) {
    for (const name of ['find', 'aggregate', 'listCollections', 'listIndexes']) {
      simulator.on(name, (command, reply) => {
        const all = command.limit ? documents.slice(0, command.limit) : documents;
        const batchSize: number = command.batchSize ?? command.cursor?.batchSize ?? 101;
        const id = BigInt(++this.opened);
        return reply.cursor(all.slice(0, batchSize), { id: this.keep(id, all.slice(batchSize)) });
      });
    }
    simulator.on('getMore', (command, reply) => {
      const id = BigInt(command.getMore.toString());
      const left = this.open.get(id);
      if (!left) return reply.fail(43, 'CursorNotFound');
      const size: number = command.batchSize ?? left.length;
      return reply.cursor(left.slice(0, size), { id: this.keep(id, left.slice(size)), batch: 'nextBatch' });
    });
    simulator.on('killCursors', command => {
      for (const id of command.cursors) this.open.delete(BigInt(id.toString()));
      return { cursorsKilled: command.cursors };
    });
  }

  get killed(): number {
    return this.simulator.commands('killCursors').length;
  }

  /** The cursor's id as the reply has it: 0 when nothing is left. */
  private keep(id: bigint, left: Document[]): bigint {
    if (left.length > 0) this.open.set(id, left);
    else this.open.delete(id);
    return left.length > 0 ? id : 0n;
  }
}
