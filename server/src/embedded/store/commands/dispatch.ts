import { doubleOf } from '../bson/number.js';
import { isNumber, T, textOf } from '../bson/value.js';
import { badValue, CommandError, toCommandError } from '../errors.js';
import * as collections from './collections.js';
import type { Executor, Pause } from './executor.js';
import { explain } from './explain.js';
import * as indexes from './indexes.js';
import * as reads from './reads.js';
import { Arguments, COMMON_FIELDS, type Reply, type Request, type Work } from './request.js';
import * as info from './server-info.js';
import * as statistics from './statistics.js';
import type { Store } from './store.js';
import { validate } from './validate.js';
import * as writes from './writes.js';

/** A command at once, or as work with pauses. */
type Handler = (store: Store, request: Request) => Work | Reply;

interface Command {
  readonly run: Handler;
  readonly writes: boolean;
  /** The fields that it takes beside those that all take; undefined: any. */
  readonly fields?: ReadonlySet<string>;
}

const COMMANDS = new Map<string, Command>();

function define(
  names: string,
  run: Handler,
  { writes = false, fields }: { writes?: boolean; fields?: string } = {},
): void {
  for (const name of names.split(' ')) {
    const known = fields === undefined ? {} : { fields: new Set([name, ...COMMON_FIELDS, ...fields.split(/\s+/)]) };
    COMMANDS.set(name, { run, writes, ...known });
  }
}

define('hello ismaster isMaster', info.hello);
define('ping endSessions killSessions refreshSessions', info.ping);
define('buildInfo buildinfo', info.buildInfo);
define('connectionStatus', info.connectionStatus);
define('getParameter', info.getParameter);
define('getCmdLineOpts', info.getCmdLineOpts);
define('getLog', info.getLog);
define('hostInfo', info.hostInfo);
define('serverStatus', statistics.serverStatus);
define('find', reads.find, {
  fields: `filter sort projection hint skip limit batchSize singleBatch max min returnKey showRecordId tailable oplogReplay
    noCursorTimeout awaitData allowPartialResults collation allowDiskUse let`,
});
define('getMore', reads.getMore, { fields: 'collection batchSize term' });
define('killCursors', reads.killCursors, { fields: 'cursors' });
define('count', reads.count, { fields: 'query limit skip hint collation fields' });
define('distinct', reads.distinct, { fields: 'key query collation hint' });
define('listCollections', collections.listCollections, { fields: 'filter nameOnly authorizedCollections cursor' });
define('listDatabases', collections.listDatabases, { fields: 'filter nameOnly authorizedDatabases' });
define('listIndexes', indexes.listIndexes, { fields: 'cursor includeIndexBuildInfo' });
define('collStats collstats', statistics.collStats);
define('dbStats dbstats', statistics.dbStats);
define('explain', explain, { fields: 'verbosity' });
define('insert', writes.insert, { writes: true, fields: 'documents ordered bypassDocumentValidation' });
define('update', writes.update, { writes: true, fields: 'updates ordered bypassDocumentValidation let' });
define('delete', writes.remove, { writes: true, fields: 'deletes ordered let' });
define('findAndModify findandmodify', writes.findAndModify, {
  writes: true,
  fields: 'query sort remove update new fields upsert bypassDocumentValidation collation arrayFilters hint let',
});
define('create', collections.create, { writes: true });
define('drop', collections.drop, { writes: true });
define('dropDatabase', collections.dropDatabase, { writes: true });
define('renameCollection', collections.renameCollection, { writes: true, fields: 'to dropTarget' });
define('collMod', collections.collMod, { writes: true, fields: collections.COLL_MOD_FIELDS });
define('createIndexes', indexes.createIndexes, { writes: true, fields: 'indexes commitQuorum' });
define('dropIndexes deleteIndexes', indexes.dropIndexes, { writes: true, fields: 'index' });
define('validate', validate, { writes: true });
define('aggregate', reads.aggregate, {
  fields: 'pipeline explain allowDiskUse cursor bypassDocumentValidation collation hint let',
});

const TRANSACTION_COMMANDS = new Set(['commitTransaction', 'abortTransaction']);

/** Runs a command and answers it; errors become replies with `ok: 0`. */
export async function answer(store: Store, executor: Executor, request: Request): Promise<Reply> {
  const startedAt = performance.now();
  store.count(request.name);
  try {
    refuseTransactions(request);
    refuseReplication(request);
    return { ...(await run(store, executor, request)), ok: 1 };
  } catch (error) {
    const known = toCommandError(error);
    if (known !== error) console.error(`embedded-store: ${request.name} failed:`, error);
    return { ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.details };
  } finally {
    store.noteDuration(request, performance.now() - startedAt);
  }
}

async function run(store: Store, executor: Executor, request: Request): Promise<Reply> {
  const command = COMMANDS.get(request.name);
  if (!command) throw new CommandError(59, `no such command: '${request.name}'`);
  if (command.fields) request.allow(request.name, command.fields);
  const work = within(start(command.run, store, request), request);
  return command.writes || writesResults(request) ? executor.write(work) : executor.read(work);
}

/** Starts a handler only when its turn has come. */
function* start(handler: Handler, store: Store, request: Request): Work {
  const result = handler(store, request);
  return isWork(result) ? yield* result : result;
}

const isWork = (result: Work | Reply): result is Work => typeof result['next'] === 'function';

/** Ends work that takes longer than its client allows, or whose client has gone. @throws CommandError 50 or 279 */
function* within(work: Work, request: Request): Generator<Pause, Reply> {
  const deadline = performance.now() + (request.amount('maxTimeMS') || Infinity);
  for (;;) {
    const { value, done } = work.next();
    if (done) return value;
    if (request.abandoned) throw new CommandError(279, 'the client has gone');
    if (performance.now() > deadline) throw new CommandError(50, 'operation exceeded time limit');
    yield value;
  }
}

/** `$out` and `$merge` change the store. */
function writesResults(request: Request): boolean {
  if (request.name !== 'aggregate') return false;
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
  const wantsMore = w && (isNumber(w) ? doubleOf(w) > 1 : w.type === T.string && textOf(w) !== 'majority');
  if (wantsMore) throw badValue("cannot use 'w' > 1 when a host is not replicated");
}
