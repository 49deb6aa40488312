import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DAY_MS, HOUR_MS, type SummaryLevelMs, TEN_MINUTES_MS } from '#domain/telemetry/resolution.js';
import { AlertDocument } from '../alerts/alert.schema.js';
import { AlertTransitionDocument } from '../alerts/alert-transition.schema.js';
import { InspectionDocument } from '../analytics/inspection.schema.js';
import { StopReasonDocument } from '../analytics/stop-reason.schema.js';
import { AppConfig } from '../config/config.js';
import { JobDocument } from '../jobs/job.schema.js';
import { JobNumbers } from '../jobs/job-numbers.js';
import { MaintenanceWindowDocument } from '../maintenance/maintenance-window.schema.js';
import { BucketDocument } from '../telemetry/bucket.schema.js';
import { rollupOfBucket, rollupOfParts } from '../telemetry/rollup.js';
import { RollupDocument } from '../telemetry/rollup.schema.js';
import { TelemetryArchive } from '../telemetry/telemetry-archive.js';
import type { LathePast, PastJob } from './lathe-past.js';
import { alarmDocuments, bucketsOf, inspectionDocuments, jobDocument, windowDocument } from './past-documents.js';

/** Documents that go to the store by one write. */
const AT_ONCE = 400;

/** Writes what happened to lathes as the plant itself would have written it by now. */
@Injectable()
export class HistoryWriter {
  constructor(
    @InjectModel(JobDocument.name) private readonly jobs: Model<JobDocument>,
    @InjectModel(AlertDocument.name) private readonly alerts: Model<AlertDocument>,
    @InjectModel(AlertTransitionDocument.name) private readonly transitions: Model<AlertTransitionDocument>,
    @InjectModel(MaintenanceWindowDocument.name) private readonly windows: Model<MaintenanceWindowDocument>,
    @InjectModel(StopReasonDocument.name) private readonly reasons: Model<StopReasonDocument>,
    @InjectModel(InspectionDocument.name) private readonly inspections: Model<InspectionDocument>,
    @InjectModel(BucketDocument.name) private readonly buckets: Model<BucketDocument>,
    @InjectModel(RollupDocument.name) private readonly rollups: Model<RollupDocument>,
    private readonly numbers: JobNumbers,
    private readonly archive: TelemetryArchive,
    private readonly config: AppConfig,
  ) {}

  /** Indexes stand before the first write. */
  async ready(): Promise<void> {
    const { jobs, alerts, transitions, windows, reasons, inspections, buckets, rollups } = this;
    await Promise.all(
      [jobs, alerts, transitions, windows, reasons, inspections, buckets, rollups].map((model) => model.init()),
    );
  }

  /** When the first job of the plant began, null where there was none. */
  async firstJobMs(): Promise<number | null> {
    const first = await this.jobs.findOne({}, { StartTime: 1 }).sort({ StartTime: 1 }).lean().exec();
    return first?.StartTime.getTime() ?? null;
  }

  /** All but samples: jobs, alarms, maintenance, reasons and inspections. @returns the numbers that the jobs got */
  async writeRecords(pasts: readonly LathePast[]): Promise<Map<PastJob, string>> {
    const inOrder = pasts.flatMap(({ jobs }) => jobs).sort((a, b) => a.startMs - b.startMs);
    const ids = new Map<PastJob, string>();
    for (const job of inOrder) ids.set(job, await this.numbers.next(new Date(job.startMs)));
    const idOf = (job: PastJob) => ids.get(job) ?? '';
    await insert(
      this.jobs,
      inOrder.map((job) => jobDocument(job, idOf(job))),
    );
    await insert(
      this.inspections,
      inOrder.flatMap((job) => inspectionDocuments(job, idOf(job))),
    );
    const alarms = pasts.flatMap((past) => past.alarms).map((alarm) => alarmDocuments(alarm, idOf(alarm.job)));
    await insert(
      this.alerts,
      alarms.map(({ alert }) => alert),
    );
    await insert(
      this.transitions,
      alarms.flatMap(({ transitions }) => transitions),
    );
    await insert(this.windows, pasts.flatMap(({ windows }) => windows).map(windowDocument));
    const stops = pasts.flatMap((past) => past.stops);
    await insert(
      this.reasons,
      stops.map(({ latheId, startMs, reason, by }) => {
        const start = new Date(startMs);
        return { latheId, start, reason, by, at: start };
      }),
    );
    return ids;
  }

  /** The samples of a lathe's jobs and their summaries. @returns how many samples */
  async writeSamples({ jobs }: LathePast, ids: ReadonlyMap<PastJob, string>): Promise<number> {
    const latheId = jobs[0]?.latheId;
    if (!latheId) return 0;
    const firstNumber = (await this.archive.lastNumber(latheId)) + 1;
    const { rawRetentionDays, summaryRetentionDays } = this.config;
    const minutes = new Map<number, RollupDocument>();
    let number = firstNumber;
    let waiting: BucketDocument[] = [];
    const flush = async () => {
      await insert(this.buckets, waiting);
      waiting = [];
    };
    for (const job of jobs) {
      for (const bucket of bucketsOf(job, ids.get(job) ?? '', number, rawRetentionDays)) {
        number += bucket.n.length;
        const last = waiting.at(-1);
        if (last?.minute.getTime() === bucket.minute.getTime()) append(last, bucket);
        else waiting.push(bucket);
        const whole = waiting.at(-1) ?? bucket;
        minutes.set(bucket.minute.getTime(), rollupOfBucket(whole, summaryRetentionDays));
        if (waiting.length > AT_ONCE) {
          const open = waiting.pop(); // the next job may begin within its minute
          await flush();
          if (open) waiting.push(open);
        }
      }
    }
    await flush();
    await this.writeSummaries(latheId, [...minutes.values()]);
    return number - firstNumber;
  }

  private async writeSummaries(latheId: string, minutes: readonly RollupDocument[]): Promise<void> {
    await insert(this.rollups, minutes);
    let parts = minutes;
    for (const resolution of [TEN_MINUTES_MS, HOUR_MS, DAY_MS] as const) {
      parts = this.longer(latheId, resolution, parts);
      if (resolution === TEN_MINUTES_MS) await insert(this.rollups, parts);
      else for (const part of parts) await this.replace(part); // the day has gone on meanwhile
    }
  }

  private longer(latheId: string, resolution: SummaryLevelMs, parts: readonly RollupDocument[]): RollupDocument[] {
    const spans = new Map<number, RollupDocument[]>();
    for (const part of parts) {
      const startMs = Math.floor(part.start.getTime() / resolution) * resolution;
      spans.set(startMs, [...(spans.get(startMs) ?? []), part]);
    }
    return [...spans].map(([startMs, within]) =>
      rollupOfParts({ latheId, resolution, startMs }, within, this.config.summaryRetentionDays),
    );
  }

  private async replace(rollup: RollupDocument): Promise<void> {
    const { latheId, resolution, start } = rollup;
    await this.rollups.collection.replaceOne({ latheId, resolution, start }, rollup, { upsert: true });
  }
}

function append(bucket: BucketDocument, { n, t, tick, job, machineMinutes, lastSequence, channels }: BucketDocument) {
  bucket.lastSequence = lastSequence;
  bucket.n.push(...n);
  bucket.t.push(...t);
  bucket.tick.push(...tick);
  bucket.job.push(...job);
  bucket.machineMinutes.push(...machineMinutes);
  for (const [name, values] of Object.entries(channels)) {
    bucket.channels[name as keyof typeof channels]?.push(...values);
  }
}

async function insert<T>(model: Model<T>, documents: readonly T[]): Promise<void> {
  for (let first = 0; first < documents.length; first += AT_ONCE) {
    const some = documents.slice(first, first + AT_ONCE);
    await model.collection.insertMany(some as never[], { ordered: false });
  }
}
