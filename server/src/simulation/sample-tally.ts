import { radPerS } from '#domain/machining/machine-limits.js';
import type { BucketDocument } from '../telemetry/bucket.schema.js';

/** Below this a power counts as this, so that a standing spindle divides by nothing, W. */
const LEAST_POWER_W = 1;

interface JobSamples {
  count: number;
  firstMs: number;
  lastMs: number;
}
const NO_SAMPLES: Readonly<JobSamples> = {
  count: 0,
  firstMs: Number.POSITIVE_INFINITY,
  lastMs: Number.NEGATIVE_INFINITY,
};

/** Counts stored samples by job and compares their power with torque times speed. */
export class SampleTally {
  /** Samples whose power was compared. */
  readings = 0;
  /** Largest difference, per power; NaN once one of the three was unknown. */
  worstPowerError = 0;
  firstMs = Number.POSITIVE_INFINITY;
  lastMs = Number.NEGATIVE_INFINITY;
  private readonly jobs = new Map<string, JobSamples>();

  get jobIds(): Iterable<string> {
    return this.jobs.keys();
  }

  of(jobId: string): Readonly<JobSamples> {
    return this.jobs.get(jobId) ?? NO_SAMPLES;
  }

  add({ t, job, channels }: Pick<BucketDocument, 't' | 'job' | 'channels'>): void {
    for (const [i, atMs] of t.entries()) {
      this.count(job[i] ?? '', atMs);
      this.compare(channels.power?.[i], channels.torque?.[i], channels.rpm?.[i]);
    }
  }

  private count(jobId: string, atMs: number): void {
    const samples = this.jobs.get(jobId) ?? { ...NO_SAMPLES };
    samples.count++;
    samples.firstMs = Math.min(samples.firstMs, atMs);
    samples.lastMs = Math.max(samples.lastMs, atMs);
    this.jobs.set(jobId, samples);
    this.firstMs = Math.min(this.firstMs, atMs);
    this.lastMs = Math.max(this.lastMs, atMs);
  }

  private compare(powerW?: number | null, torqueNm?: number | null, rpm?: number | null): void {
    const difference = Math.abs((powerW ?? Number.NaN) - (torqueNm ?? Number.NaN) * radPerS(rpm ?? Number.NaN));
    this.worstPowerError = Math.max(this.worstPowerError, difference / Math.max(LEAST_POWER_W, powerW ?? 0));
    this.readings++;
  }
}

/**
 * Samples that a job of `durationMs` must have: one of its first tick, then one in each interval, and one of each tick
 * where the interval is shorter. Told without the recorder's own rule, so that each checks the other.
 */
export function expectedSamples(durationMs: number, periodMs: number, intervalMs: number): number {
  const ticks = Math.round(durationMs / periodMs);
  if (intervalMs <= periodMs) return ticks;
  return Math.floor(((ticks - 1) * periodMs) / intervalMs + 1e-9) + 1;
}
