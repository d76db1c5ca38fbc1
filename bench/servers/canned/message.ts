// Reads requests with as little work as an answer needs: the command's name, a few of its fields.

const headerSize = 16;

/** Where the command document starts in an OP_MSG: document sequences may stand before it. */
export function bodyOf(message: Buffer): number {
  let offset = headerSize + 4;
  while (message[offset] === 1) offset += 1 + message.readInt32LE(offset + 1);
  return offset + 1;
}

/** The first element of the document at `body`: the command's name and, where it is a string, its value. */
export function commandOf(message: Buffer, body: number): { name: string; target: string } {
  const nameEnd = message.indexOf(0, body + 5);
  const name = message.toString('latin1', body + 5, nameEnd);
  return { name, target: message[body + 4] === 2 ? stringAt(message, nameEnd + 1) : '' };
}

/** How many documents an insert brings: in the sequence before or after its body, or in the array in it. */
export function documentsIn(message: Buffer, body: number): number {
  if (message[headerSize + 4] === 1) return countDocuments(message, headerSize + 5);
  const after = body + message.readInt32LE(body);
  if (message[after] === 1) return countDocuments(message, after + 1);
  const array = arrayIn(message, body);
  return array === undefined ? 0 : countElements(message, array);
}

const countDocuments = (message: Buffer, sequence: number): number => inSequence(message, sequence).length;

/** The documents of a command: in the sequences before or after its body, or in the array in it. */
export function documentsOf(message: Buffer, body: number): Buffer[] {
  const documents: Buffer[] = [];
  for (let at = headerSize + 4; at < message.length;) {
    const isBody = message[at] === 0;
    if (!isBody) documents.push(...inSequence(message, at + 1));
    at += 1 + message.readInt32LE(at + 1);
  }
  const array = documents.length === 0 ? arrayIn(message, body) : undefined;
  return array === undefined ? documents : elementsOf(message.subarray(array)).map(({ value }) => value);
}

function inSequence(message: Buffer, start: number): Buffer[] {
  const end = start + message.readInt32LE(start);
  const documents: Buffer[] = [];
  for (let offset = message.indexOf(0, start + 4) + 1; offset < end;)
    documents.push(message.subarray(offset, (offset += message.readInt32LE(offset))));
  return documents;
}

/** A field of a document, its value as bytes. */
export interface Element {
  readonly type: number;
  readonly name: string;
  readonly value: Buffer;
}

export function elementsOf(document: Buffer): Element[] {
  const elements: Element[] = [];
  for (let offset = 4; document[offset] !== 0;) {
    const type = document.readUInt8(offset);
    const nameEnd = document.indexOf(0, offset + 1);
    const name = document.toString('latin1', offset + 1, nameEnd);
    offset = nameEnd + 1 + sizeOf(type, document, nameEnd + 1);
    elements.push({ type, name, value: document.subarray(nameEnd + 1, offset) });
  }
  return elements;
}

/** Where the first array at the top of the document at `body` starts. */
function arrayIn(message: Buffer, body: number): number | undefined {
  for (let offset = body + 4; message[offset] !== 0;) {
    const value = message.indexOf(0, offset + 1) + 1;
    if (message[offset] === 4) return value;
    offset = value + sizeOf(message.readUInt8(offset), message, value);
  }
  return undefined;
}

function countElements(message: Buffer, array: number): number {
  let count = 0;
  for (let offset = array + 4; message[offset] !== 0; count++) {
    const value = message.indexOf(0, offset + 1) + 1;
    offset = value + sizeOf(message.readUInt8(offset), message, value);
  }
  return count;
}

export interface Fields {
  [name: string]: unknown;
}

/** The numbers, booleans and strings at the top of the document at `body`; of a long, its lower half. */
export function fieldsOf(message: Buffer, body: number): Fields {
  const fields: Fields = {};
  let offset = body + 4;
  while (message[offset] !== 0) {
    const type = message.readUInt8(offset);
    const nameEnd = message.indexOf(0, offset + 1);
    const value = readers[type]?.(message, nameEnd + 1);
    if (value !== undefined) fields[message.toString('latin1', offset + 1, nameEnd)] = value;
    offset = nameEnd + 1 + sizeOf(type, message, nameEnd + 1);
  }
  return fields;
}

const stringAt = (message: Buffer, at: number) =>
  message.toString('latin1', at + 4, at + 3 + message.readInt32LE(at));

const readers: Record<number, (message: Buffer, at: number) => unknown> = {
  1: (message, at) => message.readDoubleLE(at),
  2: stringAt,
  8: (message, at) => message[at] === 1,
  16: (message, at) => message.readInt32LE(at),
  18: (message, at) => message.readInt32LE(at)
};

const fixedSizes: Record<number, number> = { 1: 8, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16 };

function sizeOf(type: number, message: Buffer, at: number): number {
  if (type === 2) return 4 + message.readInt32LE(at);
  if (type === 3 || type === 4) return message.readInt32LE(at);
  if (type === 5) return 5 + message.readInt32LE(at);
  const size = fixedSizes[type];
  if (size === undefined) throw new Error(`BSON type ${type} is not expected in a command`);
  return size;
}
