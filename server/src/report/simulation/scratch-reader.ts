import mongoose, { type Model } from 'mongoose';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { JobDocument, JobMongoSchema } from '../../jobs/job.schema.js';
import { SCRATCH_DATABASE } from '../../simulation/scratch-plant.module.js';
import { BucketDocument, BucketMongoSchema } from '../../telemetry/bucket.schema.js';
import type { RunData, RunRecord } from './run-record.js';

/** Samples that a report takes in; of more, every second, third … one is read. */
const MOST_SAMPLES = 300_000;

/** There is no test run to report on; the message is one line for the person at the terminal. */
export class NoDataError extends Error {}

type Bucket = Pick<BucketDocument, 't' | 'job' | 'machineMinutes' | 'channels'>;
type ListedJob = Omit<JobDocument, 'plan'>;

/**
 * Reads what the last test run has stored, and writes nothing.
 * @throws NoDataError where there is none
 */
export async function readTestRun(mongoUri: string): Promise<RunData> {
  const connection = await mongoose
    .createConnection(mongoUri, { dbName: SCRATCH_DATABASE, autoCreate: false, autoIndex: false })
    .asPromise();
  try {
    const jobs = await connection
      .model(JobDocument.name, JobMongoSchema)
      .find({}, { plan: 0 })
      .sort({ _id: 1 })
      .lean<ListedJob[]>();
    const buckets = connection.model(BucketDocument.name, BucketMongoSchema);
    const data = await collect(jobs, buckets);
    if (data.samples === 0) {
      throw new NoDataError('There is no test run to analyze yet: run npm run simulate:test first');
    }
    return data;
  } finally {
    await connection.close();
  }
}

async function collect(jobs: readonly ListedJob[], buckets: Model<BucketDocument>): Promise<RunData> {
  const expected = jobs.reduce((sum, { result }) => sum + (result?.samples ?? 0), 0);
  const data: RunData = {
    records: [],
    samples: 0,
    stride: Math.max(1, Math.ceil(expected / MOST_SAMPLES)),
    firstMs: Number.POSITIVE_INFINITY,
    lastMs: Number.NEGATIVE_INFINITY,
  };
  const records = new Map(jobs.map((job) => [job.JobID, emptyRecord(job)]));
  const found = buckets.find({}, { t: 1, job: 1, machineMinutes: 1, channels: 1 }).sort({ latheId: 1, minute: 1 });
  for await (const bucket of found.lean<Bucket>().cursor()) takeSamples(bucket, records, data);
  data.records = [...records.values()].filter(({ minute }) => minute.length > 0);
  return data;
}

function takeSamples(
  { t, job, machineMinutes, channels }: Bucket,
  records: Map<string, RunRecord>,
  data: RunData,
): void {
  for (const [i, atMs] of t.entries()) {
    const record = records.get(job[i] ?? '');
    if (!record) continue;
    data.firstMs = Math.min(data.firstMs, atMs);
    data.lastMs = Math.max(data.lastMs, atMs);
    if (data.samples++ % data.stride !== 0) continue;
    record.minute.push(machineMinutes[i] ?? Number.NaN);
    for (const name of CHANNEL_NAMES) record.channels[name].push(channels[name]?.[i] ?? Number.NaN);
  }
}

function emptyRecord(job: ListedJob): RunRecord {
  const columns = CHANNEL_NAMES.map((name) => [name, [] as number[]] as const);
  return {
    jobId: job.JobID,
    latheId: job.latheId,
    jobType: job.JobType,
    material: job.Material,
    toolNo: job.ToolNo,
    status: job.Status,
    parameters: job.parameters,
    result: job.result ?? {},
    minute: [],
    channels: Object.fromEntries(columns) as Record<ChannelName, number[]>,
  };
}
