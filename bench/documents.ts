// The documents that are found and inserted: eleven fields of the types an application keeps, about 300 bytes of BSON.

/** The database that real servers are seeded in, and that is dropped afterwards. */
export const databaseName = 'mongo_motor_bench';

/** The collection that holds `size` documents. */
export const collectionOf = (size: number | ''): string => `documents_${size}`;

/** The canned server does not answer a find in this one between the commands `hold` and `release`. */
export const heldCollection = 'held';

/** The `_id` of the document at `index`, in hexadecimal. */
export const idOf = (index: number): string => '66f0a1b2' + index.toString(16).padStart(16, '0');

export const emailOf = (index: number): string => `customer.${index}@example.com`;

/** The fields of the document at `index`, but for `_id`. */
export function fieldsOf(index: number) {
  return {
    name: `Customer number ${index}`,
    email: emailOf(index),
    age: 18 + (index % 70),
    active: index % 3 !== 0,
    balance: 1024.25 + index,
    createdAt: new Date(1700000000000 + index * 60000),
    tags: ['newsletter', 'early-access', 'priority'],
    address: { street: `${index} Long Acre`, city: 'London', postcode: 'WC2E 9LH' },
    visits: index * 7,
    referredBy: null
  };
}

/**
 * A copy for a driver, which puts an `_id` into it: an object of the kind that literals make. One that was spread would get a
 * hidden class of its own by that, in V8 11, and show what that costs in place of the driver.
 */
export const copyOf = <T extends object>(fields: T): T => Object.assign({}, fields);

/** The first `size` documents. */
export const documentsOf = <T>(size: number, ObjectId: new (hex: string) => T) =>
  Array.from({ length: size }, (_, index) => ({ _id: new ObjectId(idOf(index)), ...fieldsOf(index) }));

const words = 'The quick brown fox jumps over the lazy dog; späte Füchse zögern. ';

export const largeOrders = 1500;

/** The fields of a document of a megabyte: strings, arrays of numbers, arrays of documents in documents. */
export function largeFields() {
  const count = (length: number) => Array.from({ length }, (_, index) => index);
  return {
    title: 'An archive of one year',
    chapters: count(200).map(index => ({ index, text: words.repeat(20) })),
    readings: count(200).map(row => count(50).map(column => row + column / 8)),
    orders: count(largeOrders).map(fieldsOf)
  };
}
