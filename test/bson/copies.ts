import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as bson from 'bson';
import { App } from '../support/installed';

/** A copy of `bson` that is not the driver's own, of some version. */
export type Copy = Pick<typeof bson, 'ObjectId' | 'Long' | 'Double' | 'Int32' | 'Decimal128' | 'Binary'> &
  Pick<
    typeof bson,
    'Timestamp' | 'Code' | 'DBRef' | 'MinKey' | 'MaxKey' | 'BSONRegExp' | 'BSONSymbol' | 'UUID'
  >;

/** Versions that other packages bring: agenda and connect-mongodb-session, for two, have brought older ones. */
export const VERSIONS = { bson4: '4.7.2', bson5: '5.5.1', bson6: '6.10.4', bson7: '7.0.0' } as const;

export type Name = keyof typeof VERSIONS;

/** Installs them beside each other. */
export async function installCopies(context: Mocha.Context): Promise<App> {
  const named = Object.entries(VERSIONS).map(([name, version]) => [name, `npm:bson@${version}`]);
  return App.install(context, { dependencies: Object.fromEntries(named) as Record<string, string> });
}

export function load(app: App, name: Name): Copy {
  return createRequire(join(app.folder, 'package.json'))(name) as Copy;
}

/** A value of each type; always the same. */
export function valuesOf(copy: Copy): Record<string, object> {
  const { ObjectId, Long, Double, Int32, Decimal128, Binary, Timestamp, Code, DBRef, MinKey, MaxKey } = copy;
  return {
    ObjectId: new ObjectId('65a000000000000000000001'),
    Long: Long.fromNumber(2 ** 60),
    Double: new Double(1.5),
    Int32: new Int32(7),
    Decimal128: Decimal128.fromString('1.25'),
    Binary: new Binary(Buffer.from('abc')),
    UUID: new copy.UUID('0f0e0d0c-0b0a-4988-8776-655443322110'),
    Timestamp: new Timestamp(Long.fromNumber(2 ** 33)),
    Code: new Code('1', { a: 1 }),
    DBRef: new DBRef('users', new ObjectId('65a000000000000000000002')),
    MinKey: new MinKey(),
    MaxKey: new MaxKey(),
    BSONRegExp: new copy.BSONRegExp('a', 'i'),
    BSONSymbol: new copy.BSONSymbol('a')
  };
}
