import { T, Value, validateDocument } from '../bson/value.js';
import { encodeDocument } from '../bson/write.js';
import { type Reply, Request } from '../commands/request.js';
import { CommandError } from '../errors.js';

/** Longest message that MongoDB takes. */
export const MAX_MESSAGE_BYTES = 48_000_000;
export const HEADER_BYTES = 16;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** The lower 16 flags must be understood, the upper ones may be ignored. */
const UNKNOWN_REQUIRED_FLAGS = 0xfffc;

/** A message from a client, read. `legacy` ones are answered in the old form. */
export interface ClientMessage {
  readonly requestId: number;
  readonly request: Request;
  readonly legacy: boolean;
  /** The client does not read an answer. */
  readonly silent: boolean;
}

let nextRequestId = 1;

/**
 * Reads one whole message: 16 bytes of header (length, request id, response to, opcode; int32 little-endian), then
 * OP_MSG's flags and sections, or OP_QUERY with a first `hello`.
 * @throws CommandError 17 or 22 when it cannot be read; the connection has to be closed then
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
 */
export function readMessage(bytes: Buffer): ClientMessage {
  const requestId = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === OP_MSG) return readOpMsg(bytes, requestId);
  if (opcode === OP_QUERY) return readOpQuery(bytes, requestId);
  throw new CommandError(17, `unsupported opcode ${opcode}`);
}

function readOpMsg(bytes: Buffer, requestId: number): ClientMessage {
  if (bytes.length < HEADER_BYTES + 5) throw new CommandError(17, 'OP_MSG is too short');
  const flags = bytes.readUInt32LE(HEADER_BYTES);
  if ((flags & UNKNOWN_REQUIRED_FLAGS) !== 0) throw new CommandError(17, `unknown OP_MSG flags ${flags}`);
  const end = flags & CHECKSUM_PRESENT ? bytes.length - 4 : bytes.length;
  const sequences = new Map<string, Value[]>();
  let body: Value | undefined;
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = bytes[at++];
    const size = at + 4 <= end ? bytes.readInt32LE(at) : 0;
    if (size < 5 || at + size > end) throw new CommandError(17, 'OP_MSG section has a wrong length');
    if (kind === 0 && !body) body = readDocument(bytes, at, at + size);
    else if (kind === 1) readSequence(bytes, at, at + size, sequences);
    else throw new CommandError(17, `unexpected OP_MSG section of kind ${kind}`);
    at += size;
  }
  if (!body) throw new CommandError(17, 'OP_MSG has no body');
  return { requestId, request: new Request(body, sequences), legacy: false, silent: (flags & MORE_TO_COME) !== 0 };
}

function readDocument(bytes: Buffer, start: number, end: number): Value {
  validateDocument(bytes, start, end);
  return new Value(T.object, bytes, start, end);
}

/** A sequence: size, name, then documents back to back. */
function readSequence(bytes: Buffer, start: number, end: number, sequences: Map<string, Value[]>): void {
  const nameEnd = bytes.indexOf(0, start + 4);
  if (nameEnd < 0 || nameEnd >= end) throw new CommandError(17, 'OP_MSG sequence has no name');
  const documents: Value[] = [];
  let at = nameEnd + 1;
  while (at < end) {
    const size = at + 4 <= end ? bytes.readInt32LE(at) : 0;
    if (size < 5 || at + size > end) throw new CommandError(17, 'OP_MSG sequence has a wrong length');
    documents.push(readDocument(bytes, at, at + size));
    at += size;
  }
  sequences.set(bytes.toString('utf8', start + 4, nameEnd), documents);
}

/** The handshake of drivers that do not know the server yet: flags, namespace, skip, count, then the command. */
function readOpQuery(bytes: Buffer, requestId: number): ClientMessage {
  const nameEnd = bytes.indexOf(0, HEADER_BYTES + 4);
  const at = nameEnd + 9;
  const size = nameEnd > 0 && at + 4 <= bytes.length ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > bytes.length) throw new CommandError(17, 'OP_QUERY has a wrong length');
  const request = new Request(readDocument(bytes, at, at + size));
  if (!['hello', 'ismaster', 'isMaster'].includes(request.name)) {
    throw new CommandError(17, 'OP_QUERY is only for hello');
  }
  return { requestId, request, legacy: true, silent: false };
}

/** The answer to a message: its head and its body. */
export function encodeReply(reply: Reply, { requestId, legacy }: ClientMessage): [Buffer, Buffer] {
  const body = encodeDocument(reply, sizeOf(reply)).payload;
  const prefix = legacy ? 20 : 5;
  const head = Buffer.alloc(HEADER_BYTES + prefix);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(nextRequestId, 4);
  nextRequestId = (nextRequestId + 1) & 0x7fffffff;
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  // OP_REPLY: flags, cursor id (8 bytes), starting from, number of documents; OP_MSG: flags and the kind of section
  if (legacy) head.writeInt32LE(1, HEADER_BYTES + 16);
  return [head, body];
}

/** About as many bytes as a value takes. */
function sizeOf(value: unknown): number {
  if (value instanceof Value) return value.end - value.start + 16;
  if (typeof value !== 'object' || value === null) return 32;
  return Object.values(value).reduce<number>((sum, part) => sum + sizeOf(part), 64);
}
