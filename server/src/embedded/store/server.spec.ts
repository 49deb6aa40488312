import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Collection, Double, Long, MongoBulkWriteError, MongoClient, type MongoServerError } from 'mongodb';
import mongoose from 'mongoose';
import { FolderInUseError, type RunningStore, startStore } from './server.js';

interface Item {
  _id?: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests store whatever they need
  [field: string]: any;
}

const directory = mkdtempSync(join(tmpdir(), 'store-'));
let store: RunningStore;
let client: MongoClient;
let items: Collection<Item>;
let serial = 0;

beforeAll(async () => {
  store = await startStore({ dataDir: directory });
  client = await new MongoClient(store.uri).connect();
});
beforeEach(() => {
  items = client.db('test').collection(`items${serial++}`);
});
afterAll(async () => {
  await client.close();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const errorOf = async (work: Promise<unknown>): Promise<MongoServerError> => {
  try {
    await work;
  } catch (error) {
    return error as MongoServerError;
  }
  throw new Error('it was expected to fail');
};

describe('writes through the driver', () => {
  it('insert, replace, update, delete and count', async () => {
    await items.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
      { _id: 3, a: 3 },
    ]);
    expect(await items.replaceOne({ _id: 1 }, { b: 1 })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await items.updateMany({ a: { $gt: 1 } }, { $inc: { a: 10 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 2,
    });
    expect(await items.updateOne({ _id: 2 }, { $set: { a: 12 } })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    expect(await items.updateOne({ _id: 9 }, { $set: { a: 1 } }, { upsert: true })).toMatchObject({
      upsertedId: 9,
      upsertedCount: 1,
    });
    expect(await items.deleteMany({ a: { $gte: 12 } })).toMatchObject({ deletedCount: 2 });
    expect(await items.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, b: 1 },
      { _id: 9, a: 1 },
    ]);
    expect([await items.countDocuments({ a: 1 }), await items.estimatedDocumentCount()]).toEqual([1, 2]);
  });

  it('find and modify in all forms', async () => {
    await items.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    expect(await items.findOneAndUpdate({}, { $set: { x: 1 } }, { sort: { n: -1 }, returnDocument: 'after' })).toEqual({
      _id: 2,
      n: 2,
      x: 1,
    });
    expect(await items.findOneAndUpdate({ _id: 2 }, { $unset: { x: 1 } }, { projection: { x: 1, _id: 0 } })).toEqual({
      x: 1,
    });
    expect(await items.findOneAndReplace({ _id: 1 }, { n: 5 }, { returnDocument: 'after' })).toEqual({ _id: 1, n: 5 });
    expect(await items.findOneAndDelete({ n: 5 })).toEqual({ _id: 1, n: 5 });
    expect(
      await items.findOneAndUpdate({ _id: 7 }, { $set: { n: 7 } }, { upsert: true, returnDocument: 'after' }),
    ).toEqual({ _id: 7, n: 7 });
    expect(await items.findOneAndUpdate({ _id: 8 }, { $set: { n: 8 } })).toBeNull();
  });

  it('go on after an error only when they are unordered', async () => {
    await items.insertOne({ _id: 2 });
    const batch = [{ _id: 1 }, { _id: 2 }, { _id: 3 }];
    const ordered = (await errorOf(items.insertMany(batch))) as unknown as MongoBulkWriteError;
    expect(ordered).toBeInstanceOf(MongoBulkWriteError);
    expect([ordered.insertedCount, ordered.code]).toEqual([1, 11000]);
    await items.deleteOne({ _id: 1 });
    const unordered = (await errorOf(items.insertMany(batch, { ordered: false }))) as unknown as MongoBulkWriteError;
    expect(unordered.insertedCount).toBe(2);
    expect(([] as unknown[]).concat(unordered.writeErrors)).toHaveLength(1);
  });

  it('do not lose an increment among concurrent writers', async () => {
    await items.insertOne({ _id: 1, n: 0 });
    await Promise.all(Array.from({ length: 100 }, () => items.updateOne({ _id: 1 }, { $inc: { n: 1 } })));
    expect(await items.findOne({ _id: 1 })).toEqual({ _id: 1, n: 100 });
  });

  it('keep the number types of what they do not touch', async () => {
    await items.insertOne({ _id: 1, d: new Double(3), l: Long.fromNumber(4), n: 1 });
    await items.updateOne({ _id: 1 }, [{ $set: { n: { $add: ['$n', 1] } } }]);
    const raw = await items.findOne({ _id: 1 }, { promoteValues: false });
    expect([raw?.['d'], raw?.['l']]).toEqual([new Double(3), Long.fromNumber(4)]);
    expect(Number(raw?.['n'])).toBe(2);
  });
});

describe('reads through the driver', () => {
  it('fetch a long result batch by batch while it is being written to', async () => {
    await items.insertMany(Array.from({ length: 500 }, (_, i) => ({ _id: i })));
    const seen: unknown[] = [];
    for await (const { _id } of items.find({ _id: { $gte: 0 } }, { batchSize: 50 })) {
      seen.push(_id);
      if (seen.length === 100) await items.deleteMany({ _id: { $gte: 400 } });
    }
    expect(seen).toEqual(Array.from({ length: 400 }, (_, i) => i));
  });

  it('sort, skip, limit and project', async () => {
    await items.insertMany([
      { _id: 1, a: [1, 2, 3], b: { c: 1, d: 2 } },
      { _id: 2, a: [], b: { c: 5, d: 6 } },
    ]);
    expect(await items.find({}, { projection: { 'b.c': 1, _id: 0 }, sort: { 'b.c': -1 }, limit: 1 }).toArray()).toEqual(
      [{ b: { c: 5 } }],
    );
    expect(await items.findOne({ a: 2 }, { projection: { 'a.$': 1 } })).toEqual({ _id: 1, a: [2] });
    expect(await items.findOne({ _id: 1 }, { projection: { a: { $slice: -1 }, b: 0 } })).toEqual({ _id: 1, a: [3] });
    expect(await items.findOne({ _id: 1 }, { projection: { a: { $elemMatch: { $gt: 1 } } } })).toEqual({
      _id: 1,
      a: [2],
    });
    expect(await items.distinct('a')).toEqual([1, 2, 3]);
    expect((await errorOf(items.findOne({}, { projection: { a: 1, b: 0 } }))).code).toBe(31254);
  });

  it('are refused, not answered wrongly, where something is not supported', async () => {
    await items.insertOne({ _id: 1 });
    expect((await errorOf(items.find({ $where: 'true' }).toArray())).code).toBe(238);
    expect((await errorOf(items.find({}, { collation: { locale: 'de', strength: 5 } }).toArray())).code).toBe(238);
    expect((await errorOf(items.find({}, { hint: 'none' }).toArray())).code).toBe(2);
    expect((await errorOf(client.db('test').command({ find: 'x', nonsense: 1 }))).code).toBe(40415);
    expect((await errorOf(items.aggregate([{ $changeStream: {} }]).toArray())).code).toBe(40573);
    expect((await errorOf(client.db('test').command({ nonsense: 1 }))).code).toBe(59);
    const inTransaction = {
      insert: 'x',
      documents: [{}],
      txnNumber: Long.ONE,
      startTransaction: true,
      autocommit: false,
    };
    expect((await errorOf(client.db('test').command(inTransaction))).code).toBe(20);
  });
});

describe('aggregation', () => {
  it('groups, joins, unwinds and sorts', async () => {
    const other = client.db('test').collection<{ _id: string; name: string }>(`${items.collectionName}-names`);
    await other.insertMany([
      { _id: 'x', name: 'first' },
      { _id: 'y', name: 'second' },
    ]);
    await items.insertMany([
      { _id: 1, k: 'x', v: [1, 2] },
      { _id: 2, k: 'y', v: [3] },
      { _id: 3, k: 'x', v: [] },
    ]);
    const result = await items
      .aggregate([
        { $match: { _id: { $gt: 0 } } },
        { $unwind: { path: '$v', preserveNullAndEmptyArrays: true } },
        { $group: { _id: '$k', total: { $sum: '$v' }, n: { $sum: 1 }, most: { $max: '$v' } } },
        { $lookup: { from: other.collectionName, localField: '_id', foreignField: '_id', as: 'names' } },
        { $addFields: { name: { $first: '$names.name' } } },
        { $project: { names: 0 } },
        { $sort: { total: -1, _id: 1 } },
      ])
      .toArray();
    expect(result).toEqual([
      { _id: 'x', total: 3, n: 3, most: 2, name: 'first' },
      { _id: 'y', total: 3, n: 1, most: 3, name: 'second' },
    ]);
  });

  it('answers several questions at once and writes its results', async () => {
    await items.insertMany(Array.from({ length: 10 }, (_, n) => ({ _id: n, n, half: n >> 1 })));
    const [facets] = await items
      .aggregate([
        {
          $facet: {
            count: [{ $count: 'n' }],
            top: [{ $sort: { n: -1 } }, { $limit: 1 }],
            by: [{ $sortByCount: '$half' }, { $count: 'groups' }],
          },
        },
      ])
      .toArray();
    expect(facets).toEqual({ count: [{ n: 10 }], top: [{ _id: 9, n: 9, half: 4 }], by: [{ groups: 5 }] });
    expect(await items.aggregate([{ $bucket: { groupBy: '$n', boundaries: [0, 4, 20] } }]).toArray()).toEqual([
      { _id: 0, count: 4 },
      { _id: 4, count: 6 },
    ]);
    const target = `${items.collectionName}-out`;
    await items.aggregate([{ $match: { n: { $lt: 2 } } }, { $out: target }]).toArray();
    await items.aggregate([{ $match: { n: { $lt: 3 } } }, { $set: { n: 7 } }, { $merge: target }]).toArray();
    expect(await client.db('test').collection(target).countDocuments({ n: 7 })).toBe(3);
  });

  it('runs totals over windows of documents', async () => {
    await items.insertMany([
      { _id: 1, v: 1 },
      { _id: 2, v: 3 },
    ]);
    const window = { documents: ['unbounded', 'current'] };
    const stage = { $setWindowFields: { sortBy: { _id: 1 }, output: { total: { $sum: '$v', window } } } };
    expect((await items.aggregate([stage]).toArray()).map(({ total }) => total)).toEqual([1, 4]);
  });

  it('says which stage or expression it does not know', async () => {
    await items.insertOne({ _id: 1 });
    expect((await errorOf(items.aggregate([{ $project: { a: { $nonsense: 1 } } }]).toArray())).code).toBe(31325);
    expect((await errorOf(items.aggregate([{ $nonsense: {} }]).toArray())).code).toBe(40324);
    expect(
      (
        await errorOf(
          items.aggregate([{ $project: { a: { $function: { body: 'return 1', args: [], lang: 'js' } } } }]).toArray(),
        )
      ).code,
    ).toBe(238);
  });
});

describe('indexes', () => {
  it('hold a partial unique rule among concurrent writers', async () => {
    await items.createIndex({ lathe: 1 }, { unique: true, partialFilterExpression: { status: 'active' } });
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => items.insertOne({ lathe: 1, status: 'active', i })),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = attempts.find((attempt) => attempt.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 11000, keyPattern: { lathe: 1 }, keyValue: { lathe: 1 } });
    expect(refused.reason.message).toContain(`collection: ${items.namespace} index: lathe_1 dup key: { lathe: 1 }`);
    await items.updateMany({}, { $set: { status: 'done' } });
    await items.insertOne({ lathe: 1, status: 'active' });
    expect((await errorOf(items.updateOne({ status: 'done' }, { $set: { status: 'active' } }))).code).toBe(11000);
  });

  it('are built over existing documents, or not at all', async () => {
    await items.insertMany([{ a: 1 }, { a: 1 }, { a: 2 }]);
    expect((await errorOf(items.createIndex({ a: 1 }, { unique: true }))).code).toBe(11000);
    expect(await items.indexes()).toHaveLength(1);
    await items.createIndex({ a: 1 });
    await items.createIndex({ a: 1 });
    expect((await items.find({ a: 1 }).explain()).queryPlanner.winningPlan.inputStage.indexName).toBe('a_1');
    expect((await errorOf(items.createIndex({ a: 1 }, { name: 'other' }))).code).toBe(85);
    expect((await errorOf(items.createIndex({ b: 1 }, { name: 'a_1' }))).code).toBe(86);
    expect((await errorOf(items.createIndex({ a: 'text' }))).code).toBe(67);
    await items.dropIndex('a_1');
    expect((await errorOf(items.dropIndex('a_1'))).code).toBe(27);
  });

  it('let documents expire', async () => {
    await items.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await items.insertMany([
      { _id: 1, at: new Date(Date.now() - 61_000) },
      { _id: 2, at: new Date() },
      { _id: 3, at: 'never' },
    ]);
    await store.housekeep();
    expect((await items.find().toArray()).map(({ _id }) => _id)).toEqual([2, 3]);
  });

  it('find long values that do not fit into a key', async () => {
    await items.createIndex({ s: 1 }, { unique: true });
    const long = 'x'.repeat(5_000);
    await items.insertMany([
      { _id: 2, s: `${long}b` },
      { _id: 1, s: `${long}a` },
    ]);
    expect((await items.findOne({ s: `${long}a` }))?._id).toBe(1);
    expect((await items.find().sort({ s: 1 }).toArray()).map(({ _id }) => _id)).toEqual([1, 2]);
    expect((await errorOf(items.insertOne({ s: `${long}a` }))).code).toBe(11000);
  });
});

describe('mongoose', () => {
  it('creates, validates, changes and populates its models', async () => {
    const connection = await mongoose.createConnection(store.uri, { dbName: 'models' }).asPromise();
    const Author = connection.model(
      'Author',
      new mongoose.Schema({ name: { type: String, unique: true, required: true } }),
    );
    const Book = connection.model(
      'Book',
      new mongoose.Schema(
        { title: String, tags: [String], author: { type: mongoose.Schema.Types.ObjectId, ref: 'Author' } },
        { timestamps: true },
      ),
    );
    await Promise.all([Author.init(), Book.init()]);
    const author = await Author.create({ name: 'A' });
    await expect(Author.create({ name: 'A' })).rejects.toMatchObject({ code: 11000 });
    const book = await Book.create({ title: 'T', tags: ['a', 'b'], author: author._id });
    book.tags = ['b'];
    book.title = 'U';
    await book.save();
    const read = await Book.findOne({ tags: 'b' }).populate<{ author: { name: string } }>('author').lean();
    expect(read).toMatchObject({ title: 'U', tags: ['b'], author: { name: 'A' }, __v: 1 });
    await connection.close();
  });
});

describe('the server', () => {
  it('keeps its folder and socket to its owner', () => {
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'store.sock')).mode & 0o077).toBe(0);
  });

  it('does not share its folder with a second one', async () => {
    await expect(startStore({ dataDir: directory, port: 0 })).rejects.toThrow(FolderInUseError);
  });

  it('has everything again after a restart, also over a socket file left behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'store-again-'));
    const first = await startStore({ dataDir: folder, port: 0 });
    const before = await new MongoClient(first.uri).connect();
    await before.db('d').collection('c').createIndex({ a: 1 });
    await before
      .db('d')
      .collection('c')
      .insertMany([{ a: 1 }, { a: 2 }]);
    await before.close();
    await first.close();
    const stale = createServer().listen(join(folder, 'elsewhere.sock'));
    const again = await startStore({ dataDir: folder });
    const after = await new MongoClient(again.uri).connect();
    expect(
      await after
        .db('d')
        .collection('c')
        .countDocuments({ a: { $gt: 1 } }),
    ).toBe(1);
    expect(await after.db('d').collection('c').estimatedDocumentCount()).toBe(2);
    stale.close();
    await after.close();
    await again.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('outlives whatever is sent to it', async () => {
    const message = (body: Uint8Array, length = body.length + 16, opcode = 2013) => {
      const head = Buffer.alloc(16);
      head.writeInt32LE(length, 0);
      head.writeInt32LE(opcode, 12);
      return Buffer.concat([head, body]);
    };
    const sent = (bytes: Uint8Array) =>
      new Promise<void>((resolve) => {
        const socket = connect(join(directory, 'store.sock'), () => socket.end(bytes));
        socket
          .on('error', () => resolve())
          .on('close', () => resolve())
          .resume();
      });
    const ping = Buffer.from('\0\0\0\0\0\x1e\0\0\0\x10ping\0\x01\0\0\0\x02$db\0\x02\0\0\0d\0\0', 'latin1');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.uint8Array({ maxLength: 100 }).map((body) => message(body)),
          fc.tuple(fc.nat(ping.length - 1), fc.nat(255)).map(([at, byte]) => {
            const copy = Buffer.from(ping);
            copy[at] = byte;
            return message(copy);
          }),
          fc.constantFrom(
            message(ping, -1),
            message(ping, 2 ** 31 - 1),
            message(ping, 15),
            message(ping, ping.length + 16, 2012),
          ),
        ),
        sent,
      ),
      { numRuns: 300 },
    );
    expect(await client.db('test').command({ ping: 1 })).toEqual({ ok: 1 });
  });
});
