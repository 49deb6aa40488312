import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Backtest } from '#domain/alarms/backtest.js';
import { Expectation } from '#domain/alarms/expectation.js';
import { isPlantType } from '#domain/alarms/judged-quantity.js';
import type { Threshold } from '#domain/contract/alert.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { SampleReplay } from '../telemetry/sample-replay.js';

/** More readings than these are not tried: a week at one each half second. */
const MOST_SAMPLES = 1_200_000;
/** Read between two moments in which this process does something else. */
const SAMPLES_AT_ONCE = 500;
/** A longer pause between two readings is a time without any. */
const LONGEST_PAUSE_MS = 60_000;
/** What the model's expectation needs to know. */
const FOR_EXPECTATION: readonly ChannelName[] = ['rpm', 'torque', 'cuttingForce', 'flankWear', 'workDiameter'];

/** What stored readings make of several sets of limits, and what they are. */
export interface Trial {
  tests: Backtest[];
  samples: number;
  sampleIntervalS: number | null;
  coveredHours: number;
  /** where the readings end that were tried, ms */
  toMs: number;
  truncated: boolean;
}

/** Tries limits on stored readings. */
@Injectable()
export class Backtests {
  /** One after the other: each keeps the store and the processor busy. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly replay: SampleReplay,
    private readonly jobs: JobsRepository,
  ) {}

  /**
   * Plays the readings of a window once for all sets.
   * @param sets - of the lathe's limits
   * @throws ThresholdsInvalidError
   */
  try(latheId: string, sets: readonly (readonly Threshold[])[], fromMs: number, toMs: number): Promise<Trial> {
    const tests = sets.map((thresholds) => new Backtest(thresholds));
    const channels = [...new Set(sets.flat().flatMap(channelsOf))];
    const trial = this.turn.then(() => this.play(latheId, tests, channels, fromMs, toMs));
    this.turn = trial.catch(() => undefined);
    return trial;
  }

  private async play(
    latheId: string,
    tests: Backtest[],
    channels: readonly ChannelName[],
    fromMs: number,
    toMs: number,
  ): Promise<Trial> {
    const pauses = new Map<number, number>();
    let [samples, coveredMs, lastMs, jobId] = [0, 0, Number.NaN, ''];
    let expectation: Expectation | undefined;
    let truncated = false;
    for await (const { tMs, jobId: job, values } of this.replay.play(latheId, fromMs, toMs, channels)) {
      if (samples === MOST_SAMPLES) {
        truncated = true;
        break;
      }
      if (job !== jobId || samples === 0) {
        jobId = job;
        const known = await this.describe(job);
        expectation = known.expectation;
        for (const test of tests) test.beginJob(tMs, known);
      }
      expectation?.observe(tMs, values);
      for (const test of tests) test.add(tMs, values);
      const pauseMs = tMs - lastMs;
      if (pauseMs <= LONGEST_PAUSE_MS) {
        coveredMs += pauseMs;
        pauses.set(pauseMs, (pauses.get(pauseMs) ?? 0) + 1);
      }
      lastMs = tMs;
      if (++samples % SAMPLES_AT_ONCE === 0) await setImmediate(); // requests and clocks of this process go on meanwhile
    }
    return {
      ...{ tests, samples, truncated, toMs: truncated ? lastMs : toMs },
      coveredHours: coveredMs / 3_600_000,
      sampleIntervalS: commonest(pauses),
    };
  }

  private async describe(jobId: string): Promise<{ toolNo?: number; expectation?: Expectation }> {
    const job = jobId ? await this.jobs.find(jobId) : null;
    if (!job) return {};
    return { toolNo: job.plan.tool.toolNo, expectation: new Expectation(job.plan, job.timeScale) };
  }
}

const channelsOf = ({ type, channel }: Threshold): readonly ChannelName[] => {
  if (isPlantType(type)) return [];
  return type === 'ANOMALY' ? [channel, ...FOR_EXPECTATION] : [channel, 'rpm', 'torque'];
};

function commonest(pauses: ReadonlyMap<number, number>): number | null {
  let most: number | null = null;
  for (const [pauseMs, count] of pauses) if (most === null || count > pauses.get(most)!) most = pauseMs;
  return most === null ? null : most / 1000;
}
