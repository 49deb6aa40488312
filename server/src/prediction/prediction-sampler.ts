import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { RunPrediction } from '#domain/prediction/live-run.js';
import { CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import type { TickRecord } from '#domain/telemetry/frame.js';
import { Repeat } from '../common/repeat.js';
import { ActiveModel } from './active-model.js';
import { PredictionsRepository, type StoredSample } from './predictions.repository.js';

/** A run that has just made a tick. */
export interface SampledRun {
  readonly latheId: string;
  readonly jobId: string;
  readonly record: TickRecord;
  readonly prediction: RunPrediction;
  readonly toolNo: number;
  /** how the job has failed; null while it has not */
  readonly failure: 'breakage' | 'drive' | null;
}

/** Time in the cut between samples, as between rows of histories, and the least time by the clock. */
const EVERY_MIN = 0.5;
const LEAST_MS = 10_000;
const STORE_EVERY_MS = 2000;
/** Samples that wait for a store that does not answer; beyond it the oldest are let go. */
const MOST_WAITING = 20_000;
const PHYSICAL = { name: 'physical', version: '1' };

interface LastSample {
  jobId: string;
  toolMinutes: number;
  atMs: number;
  hasFailed: boolean;
}

/** Keeps what was said of lathes, so that it can be scored against what came of it. */
@Injectable()
export class PredictionSampler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(PredictionSampler.name);
  private readonly last = new Map<string, LastSample>();
  private readonly rounds: Repeat;
  private waiting: StoredSample[] = [];

  constructor(
    private readonly predictions: PredictionsRepository,
    private readonly active: ActiveModel,
  ) {
    this.rounds = new Repeat(PredictionSampler.name, STORE_EVERY_MS, () => this.store());
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
    await this.store().catch((error: Error) => this.logger.warn(`Predictions were not stored: ${error.message}`));
  }

  /** Looks at the newest tick of a run; free of allocation unless it is time for a sample. */
  watch(run: SampledRun): void {
    if (!run.prediction.isReady) return;
    const { latheId, jobId, record, failure } = run;
    const toolMinutes = record.values[CHANNEL_INDEX.toolWear]!;
    const last = this.last.get(latheId);
    if (last?.jobId === jobId) {
      const isDue = record.tickTimeMs - last.atMs >= LEAST_MS && Math.abs(toolMinutes - last.toolMinutes) >= EVERY_MIN;
      if (!isDue && (failure === null || last.hasFailed)) return;
    }
    this.last.set(latheId, { jobId, toolMinutes, atMs: record.tickTimeMs, hasFailed: failure !== null });
    if (Number.isFinite(toolMinutes)) this.waiting.push(this.sampleOf(run, toolMinutes));
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
  }

  private sampleOf(run: SampledRun, toolMinutes: number): StoredSample {
    const { latheId, jobId, record, prediction, toolNo, failure } = run;
    const { row, remainingMin } = prediction.signals;
    const judge = prediction.judge;
    const { challenger } = this.active;
    const known = (channel: number) => (Number.isFinite(record.values[channel]!) ? record.values[channel]! : 0);
    const judged = judge ? prediction.failureProbability : known(CHANNEL_INDEX.failureProbability);
    return {
      latheId,
      atMs: record.tickTimeMs,
      jobId,
      toolNo,
      toolMinutes,
      model: judge ? { name: judge.name, version: judge.version } : PHYSICAL,
      failureProbability: judged,
      inDistribution: !prediction.isOutOfDistribution,
      row: [...row],
      estimateMin: remainingMin,
      flankWearMm: known(CHANNEL_INDEX.flankWear),
      torqueNm: known(CHANNEL_INDEX.torque),
      ...(failure ? { failure } : {}),
      ...(challenger
        ? {
            challenger: {
              name: challenger.name,
              version: challenger.version,
              failureProbability: challenger.judge(row).probability,
            },
          }
        : {}),
    };
  }

  private async store(): Promise<void> {
    if (this.waiting.length === 0) return;
    const samples = this.waiting;
    this.waiting = [];
    try {
      await this.predictions.add(samples);
    } catch (error) {
      this.waiting = [...samples, ...this.waiting].slice(-MOST_WAITING);
      throw error;
    }
  }
}
