/*
 * MongoDB's wire protocol: frames and OP_MSG. Strict, since the peer may be broken, hostile, or no MongoDB at all:
 * every length is checked before it is believed, in time and memory bounded by the bytes that have arrived.
 */
import { type BSONSerializeOptions, type Document, MongoParseError } from 'mongodb';
import { type Memory, Output, serializeInto } from './bson/index.js';
import { DocumentSequence } from './driver.js';
import type { Ending } from './ending.js';
import type { Span } from './span.js';

export const OP_REPLY = 1;
export const OP_COMPRESSED = 2012;
export const OP_MSG = 2013;

/** Message length, request id, id of the request answered, operation code: four int32. */
export const HEADER_SIZE = 16;

const SMALLEST_DOCUMENT = 5;

/** What a message of its own is given to begin with, in bytes. */
const SCRATCH = 1024;

/** Sections of so many bytes are sent from where they are: to copy them costs more than another piece to write. */
const LARGE = 64 << 10;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;
const UNKNOWN_REQUIRED = 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);

/** A reply's one document, undecoded, and what its header says. */
export interface Reply {
  readonly requestId: number;
  /** The server will send another reply to the same request. */
  readonly moreToCome: boolean;
  readonly memory: Memory;
  /** Where in the memory the document begins. Its size is one that it can have. */
  readonly document: number;
}

/** @throws MongoParseError when the frame is no well-formed OP_MSG or OP_REPLY */
export function parseReply(frame: Span): Reply {
  const requestId = frame.int32(4);
  const opCode = frame.int32(12);
  if (opCode === OP_MSG) return parseMessage(frame, requestId);
  if (opCode === OP_REPLY) {
    // flags int32, cursor id int64, starting from int32, number returned int32, documents
    if (frame.length <= 36) throw new MongoParseError('Invalid OP_REPLY: there is no document in it');
    sizeOfDocument(frame, 36, frame.length);
    return { requestId, moreToCome: false, memory: frame.memory, document: frame.start + 36 };
  }
  throw new MongoParseError(`Invalid operation code ${opCode} in a reply`);
}

function parseMessage(frame: Span, requestId: number): Reply {
  if (frame.length < HEADER_SIZE + 5) throw new MongoParseError(`Invalid OP_MSG: only ${frame.length} bytes`);
  const flags = frame.int32(HEADER_SIZE) >>> 0;
  if (flags & UNKNOWN_REQUIRED) throw new MongoParseError(`Invalid OP_MSG: unknown required flags ${flags}`);
  const kind = frame.byte(HEADER_SIZE + 4);
  if (kind !== 0)
    throw new MongoParseError(`Invalid OP_MSG: a section of kind ${kind}, where a reply has kind 0`);
  const end = frame.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const document = HEADER_SIZE + 5;
  const after = end - document - sizeOfDocument(frame, document, end);
  if (after !== 0) throw new MongoParseError(`Invalid OP_MSG: ${after} bytes after its document`);
  const moreToCome = (flags & MORE_TO_COME) !== 0;
  return { requestId, moreToCome, memory: frame.memory, document: frame.start + document };
}

function sizeOfDocument(frame: Span, start: number, end: number): number {
  const size = end - start < 4 ? 0 : frame.int32(start);
  if (size < SMALLEST_DOCUMENT || size > end - start) {
    throw new MongoParseError(
      `Invalid document size ${size} in a reply: ${end - start} bytes are left of it`
    );
  }
  return size;
}

/** What of a command's options an OP_MSG depends on. */
export interface EncodeOptions extends BSONSerializeOptions {
  moreToCome?: boolean;
  exhaustAllowed?: boolean;
}

/** Whether keys are checked: only when the options themselves say so, and not a polluted `Object.prototype`. */
export function checksKeys(options: { checkKeys?: boolean }): boolean {
  return options.checkKeys === true && Object.hasOwn(options, 'checkKeys');
}

/**
 * Writes a command as one OP_MSG at an output's position. Fields that are document sequences leave the command, and
 * follow it as sections of kind 1.
 *
 * @param ending - what the command, which is the driver's own then, ends with besides its own fields
 * @returns sections that are large, and not written: the message ends with them
 * @throws what a document throws that cannot be encoded; nothing is written then
 */
export function encodeInto(
  out: Output,
  requestId: number,
  command: Document,
  options: EncodeOptions,
  ending?: Ending
): readonly Uint8Array[] {
  const start = out.position;
  const sequences = takeSequences(command);
  const { serializeFunctions = false, ignoreUndefined = false } = options;
  out.reserve(HEADER_SIZE + 5);
  out.position += 4;
  out.int32(requestId);
  out.int32(0);
  out.int32(OP_MSG);
  out.int32((options.moreToCome ? MORE_TO_COME : 0) | (options.exhaustAllowed ? EXHAUST_ALLOWED : 0));
  out.byte(0);
  try {
    const document = out.position;
    const how = { checkKeys: checksKeys(options), serializeFunctions, ignoreUndefined };
    serializeInto(out, command, how, ending !== undefined);
    ending?.write(out, document);
  } catch (error) {
    out.position = start;
    throw error;
  }
  const large = sequences.length > 0 ? copySmall(out, sequences) : NONE;
  out.sizeAt(start, large.length > 0 ? sizeOf(large) : 0);
  return large;
}

/** Gives those that are not copied: the first that is large, and what comes after it. */
function copySmall(out: Output, sequences: readonly Uint8Array[]): readonly Uint8Array[] {
  const first = sequences.findIndex(({ length }) => length >= LARGE);
  const small = first < 0 ? sequences.length : first;
  for (const sequence of sequences.slice(0, small)) {
    out.start = out.position; // its limits are a document's, not the message's
    out.copy(sequence);
  }
  return sequences.slice(small);
}

function sizeOf(sections: readonly Uint8Array[]): number {
  let size = 0;
  for (const { length } of sections) size += length;
  return size;
}

/** As {@link encodeInto}, as bytes of their own. */
export function encodeMessage(requestId: number, command: Document, options: EncodeOptions): Buffer {
  const out = new Output(SCRATCH);
  const sections = encodeInto(out, requestId, command, options);
  const message = out.written;
  return sections.length > 0 ? Buffer.concat([message, ...sections]) : message;
}

export function writeHeader(message: Buffer, requestId: number, opCode: number): void {
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(requestId, 4);
  message.writeInt32LE(0, 8);
  message.writeInt32LE(opCode, 12);
}

/** The fields in which the driver's bulk writes have document sequences, by command. */
const SEQUENCES: Readonly<Record<string, readonly string[] | undefined>> = {
  __proto__: null as never,
  insert: ['documents'],
  update: ['updates'],
  delete: ['deletes'],
  bulkWrite: ['ops', 'nsInfo']
};

const NONE: readonly Uint8Array[] = [];
const NONE_NAMED: readonly string[] = [];

function takeSequences(command: Document): readonly Uint8Array[] {
  let sequences: Uint8Array[] | undefined;
  for (const key of SEQUENCES[commandName(command)] ?? NONE_NAMED) {
    const value: unknown = command[key];
    if (!(value instanceof DocumentSequence)) continue;
    (sequences ??= []).push(value.toBin());
    delete command[key];
  }
  return sequences ?? NONE;
}

/** A command's name is its first field. */
export function commandName(command: Document): string {
  for (const name in command) return name;
  return '';
}
