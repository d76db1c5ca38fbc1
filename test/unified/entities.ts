import type {
  AbstractCursor,
  ChangeStream,
  ClientSession,
  Collection,
  Db,
  GridFSBucket,
  TopologyDescription
} from 'mongodb';
import type { ObservedClient } from './observed-client';
import type { Thread } from './thread';
import { InvalidTest } from './mismatch';

export interface EntityTypes {
  client: ObservedClient;
  database: Db;
  collection: Collection;
  session: ClientSession;
  bucket: GridFSBucket;
  cursor: AbstractCursor;
  changeStream: ChangeStream;
  thread: Thread;
  topologyDescription: TopologyDescription;
  /** A BSON value. */
  value: unknown;
}

export type EntityKind = keyof EntityTypes;

interface Entity {
  kind: EntityKind;
  value: unknown;
}

/** The named objects of one test. */
export class EntityMap {
  readonly #entities = new Map<string, Entity>();

  add<K extends EntityKind>(kind: K, id: string, value: EntityTypes[K]): void {
    if (this.#entities.has(id)) throw new InvalidTest(`there is an entity "${id}" already`);
    this.#entities.set(id, { kind, value });
  }

  get<K extends EntityKind>(kind: K, id: string): EntityTypes[K] {
    const entity = this.#find(id);
    if (entity.kind !== kind) throw new InvalidTest(`entity "${id}" is a ${entity.kind}, not a ${kind}`);
    return entity.value as EntityTypes[K];
  }

  kindOf(id: string): EntityKind {
    return this.#find(id).kind;
  }

  all<K extends EntityKind>(kind: K): EntityTypes[K][] {
    const found = [...this.#entities.values()].filter(entity => entity.kind === kind);
    return found.map(entity => entity.value as EntityTypes[K]);
  }

  #find(id: string): Entity {
    const entity = this.#entities.get(id);
    if (!entity) throw new InvalidTest(`there is no entity "${id}"`);
    return entity;
  }
}
