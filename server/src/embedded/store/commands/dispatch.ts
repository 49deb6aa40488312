import { doubleOf } from '../bson/number.js';
import { isNumber } from '../bson/value.js';
import { badValue, CommandError, toCommandError } from '../errors.js';
import * as collections from './collections.js';
import type { Executor } from './executor.js';
import { explain } from './explain.js';
import * as indexes from './indexes.js';
import * as reads from './reads.js';
import { Arguments, type Reply, type Request, type Work } from './request.js';
import * as info from './server-info.js';
import type { Store } from './store.js';
import * as writes from './writes.js';

/** A command at once, or as work with pauses. */
type Handler = (store: Store, request: Request) => Work | Reply;

const READS: Record<string, Handler> = {
  hello: info.hello,
  ismaster: info.hello,
  isMaster: info.hello,
  ping: info.ping,
  buildInfo: info.buildInfo,
  buildinfo: info.buildInfo,
  endSessions: info.ping,
  killSessions: info.ping,
  refreshSessions: info.ping,
  connectionStatus: info.connectionStatus,
  getParameter: info.getParameter,
  hostInfo: info.hostInfo,
  serverStatus: info.serverStatus,
  find: reads.find,
  getMore: reads.getMore,
  killCursors: reads.killCursors,
  count: reads.count,
  distinct: reads.distinct,
  listCollections: collections.listCollections,
  listDatabases: collections.listDatabases,
  listIndexes: indexes.listIndexes,
  collStats: collections.collStats,
  collstats: collections.collStats,
  dbStats: collections.dbStats,
  dbstats: collections.dbStats,
  explain,
};

const WRITES: Record<string, Handler> = {
  insert: writes.insert,
  update: writes.update,
  delete: writes.remove,
  findAndModify: writes.findAndModify,
  findandmodify: writes.findAndModify,
  create: collections.create,
  drop: collections.drop,
  dropDatabase: collections.dropDatabase,
  renameCollection: collections.renameCollection,
  collMod: collections.collMod,
  createIndexes: indexes.createIndexes,
  dropIndexes: indexes.dropIndexes,
  deleteIndexes: indexes.dropIndexes,
};

const TRANSACTION_COMMANDS = new Set(['commitTransaction', 'abortTransaction']);

/** Runs a command and answers it; errors become replies with `ok: 0`. */
export async function answer(store: Store, executor: Executor, request: Request): Promise<Reply> {
  store.counters.set(request.name, (store.counters.get(request.name) ?? 0) + 1);
  try {
    refuseTransactions(request);
    refuseReplication(request);
    return { ...(await run(store, executor, request)), ok: 1 };
  } catch (error) {
    const known = toCommandError(error);
    if (known !== error) console.error(`embedded-store: ${request.name} failed:`, error);
    return { ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.details };
  }
}

async function run(store: Store, executor: Executor, request: Request): Promise<Reply> {
  const read = own(READS, request.name);
  if (read) return executor.read(work(read, store, request));
  const write = own(WRITES, request.name);
  if (write) return executor.write(work(write, store, request));
  if (request.name === 'aggregate') {
    const pipeline = work(reads.aggregate, store, request);
    return writesResults(request) ? executor.write(pipeline) : executor.read(pipeline);
  }
  throw new CommandError(59, `no such command: '${request.name}'`);
}

/** Starts a handler only when its turn has come. */
function* work(handler: Handler, store: Store, request: Request): Work {
  const result = handler(store, request);
  return isWork(result) ? yield* result : result;
}

const isWork = (result: Work | Reply): result is Work => typeof result['next'] === 'function';

const own = (table: Record<string, Handler>, name: string) => (Object.hasOwn(table, name) ? table[name] : undefined);

/** `$out` and `$merge` change the store. */
function writesResults(request: Request): boolean {
  const last = request.list('pipeline').at(-1)?.payload;
  return last !== undefined && (last.includes('$out') || last.includes('$merge'));
}

function refuseTransactions(request: Request): void {
  if (request.value('txnNumber') || request.value('startTransaction') || TRANSACTION_COMMANDS.has(request.name)) {
    throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  }
}

/** A standalone has one member: a write concern that asks for more cannot be met. */
function refuseReplication(request: Request): void {
  const concern = request.document('writeConcern');
  const w = concern && new Arguments(concern).value('w');
  if (w && isNumber(w) && doubleOf(w) > 1) throw badValue("cannot use 'w' > 1 when a host is not replicated");
}
