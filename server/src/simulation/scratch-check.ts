import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { AppConfig } from '../config/config.js';
import { JobDocument } from '../jobs/job.schema.js';
import { BucketDocument } from '../telemetry/bucket.schema.js';
import { expectedSamples, SampleTally } from './sample-tally.js';

/** Largest difference of power and torque times speed, per power: stored readings have the precision of 32 bit floats. */
const POWER_TOLERANCE = 1e-5;

type CheckedJob = Pick<JobDocument, 'JobID' | 'latheId' | 'StartTime' | 'EndTime' | 'EstimatedTime' | 'Status'>;

/** What the store holds after a run, as lines for people, and what is wrong with it. */
export interface Verification {
  lines: string[];
  faults: string[];
}

/** Reads a test run back from the store and judges it by what it should be. */
@Injectable()
export class ScratchCheck {
  constructor(
    private readonly config: AppConfig,
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(JobDocument.name) private readonly jobs: Model<JobDocument>,
    @InjectModel(BucketDocument.name) private readonly buckets: Model<BucketDocument>,
  ) {}

  /** @param jobCount - jobs that were run */
  async verify(jobCount: number): Promise<Verification> {
    const jobs = await this.jobs.find({}, { plan: 0 }).sort({ _id: 1 }).lean<CheckedJob[]>().exec();
    const tally = new SampleTally();
    for await (const bucket of this.buckets.find().sort({ latheId: 1, minute: 1 }).lean<BucketDocument>().cursor()) {
      tally.add(bucket);
    }
    const { lines, faults } = this.compareSamples(jobs, tally);
    if (jobs.length !== jobCount) faults.push(`${jobs.length} jobs are stored, ${jobCount} were run`);
    if (!(tally.worstPowerError <= POWER_TOLERANCE)) {
      faults.push(`power differs from torque x speed by ${tally.worstPowerError.toExponential(1)} of itself`);
    }
    return {
      lines: [
        'Collections:',
        ...(await this.countCollections()),
        'Samples of each job (stored of expected):',
        ...lines,
        `Power = torque x speed in ${tally.readings} samples: largest deviation ${tally.worstPowerError.toExponential(1)} of the power`,
        `Time range: ${iso(tally.firstMs)} to ${iso(tally.lastMs)}`,
        `Jobs by status: ${inWords(jobs.map(({ Status }) => Status))}`,
      ],
      faults,
    };
  }

  private compareSamples(jobs: readonly CheckedJob[], tally: SampleTally): Verification {
    const { tickHz, sensorIntervalS } = this.config;
    const faults: string[] = [];
    const unknown = [...tally.jobIds].filter((id) => !jobs.some(({ JobID }) => JobID === id));
    if (unknown.length > 0) faults.push(`samples belong to no stored job: ${unknown.join(', ')}`);
    const lines = jobs.map(({ JobID, latheId, StartTime, EndTime, EstimatedTime, Status }) => {
      const startMs = StartTime.getTime();
      const endMs = EndTime?.getTime() ?? Number.NaN;
      const expected = expectedSamples(endMs - startMs, 1000 / tickHz, sensorIntervalS * 1000);
      const { count, firstMs, lastMs } = tally.of(JobID);
      if (count !== expected) faults.push(`${JobID} has ${count} samples, expected ${expected}`);
      if (firstMs < startMs || lastMs > endMs) faults.push(`${JobID} has samples from outside its time`);
      const missingMs = EstimatedTime * 60_000 - (endMs - startMs);
      if (Status === 'Completed' && Math.abs(missingMs) > 1000 / tickHz) {
        faults.push(`${JobID} is completed after ${(endMs - startMs) / 60_000} of ${EstimatedTime} min`);
      }
      return `  ${JobID}  ${latheId.padEnd(10)} ${Status.padEnd(15)} ${count} of ${expected}`;
    });
    return { lines, faults };
  }

  private async countCollections(): Promise<string[]> {
    const found = (await this.connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
    const names = found.map(({ name }) => name).sort();
    const counts = await Promise.all(names.map((name) => this.connection.collection(name).countDocuments()));
    return names.map((name, i) => `  ${name.padEnd(20)} ${String(counts[i]).padStart(8)}`);
  }
}

const iso = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString() : 'none');

function inWords(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${status} ${count}`).join(', ');
}
