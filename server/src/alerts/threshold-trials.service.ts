import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { bestOf, type Improvement, improvementsOf } from '#domain/alarms/improvement.js';
import { isPlantType } from '#domain/alarms/judged-quantity.js';
import { pointKey } from '#domain/alarms/rules.js';
import type { AlarmLoadDto } from '#domain/contract/alarm-kpi.js';
import type {
  BacktestAnswer,
  BacktestRequestSchema,
  WorstActorDto,
  WorstActors,
  WorstActorsQuerySchema,
} from '#domain/contract/backtest.js';
import { DAY_MS } from '#domain/telemetry/resolution.js';
import { ValidationError } from '../common/errors.js';
import { LathesService } from '../lathes/lathes.service.js';
import { AlarmKpis } from './alarm-kpi.service.js';
import { Backtests } from './backtests.service.js';
import { ThresholdsService } from './thresholds.service.js';

const DEFAULT_DAYS = 7;
const MOST_DAYS = 31;

/** What other limits would have done. */
@Injectable()
export class ThresholdTrials {
  constructor(
    private readonly thresholds: ThresholdsService,
    private readonly lathes: LathesService,
    private readonly backtests: Backtests,
    private readonly kpis: AlarmKpis,
  ) {}

  /** @throws NotFoundError `lathe_not_found`; ThresholdsInvalidError; ValidationError for a window that is too long */
  async backtest(idText: string, request: z.output<typeof BacktestRequestSchema>, now: Date): Promise<BacktestAnswer> {
    const { id: latheId } = await this.lathes.get(idText);
    const { fromMs, toMs } = windowOf(request, now);
    const sets = [request.thresholds, await this.thresholds.load(latheId)];
    const { tests, ...trial } = await this.backtests.try(latheId, sets, fromMs, toMs);
    const [proposed, current] = tests.map((test) => test.result());
    const types = new Set(request.thresholds.map(({ type }) => type));
    return {
      ...proposed!,
      ...{ latheId, from: iso(fromMs), to: iso(trial.toMs), samples: trial.samples, truncated: trial.truncated },
      ...{ sampleIntervalS: trial.sampleIntervalS, coveredHours: Math.round(trial.coveredHours * 100) / 100 },
      notTested: [...types].filter(isPlantType),
      current: current!,
    };
  }

  /** The alarms that make most of the load, each with the smallest change of delay or deadband that would quieten it. */
  async worstActors(query: z.output<typeof WorstActorsQuerySchema>, now: Date): Promise<WorstActors> {
    const { fromMs, toMs } = windowOf(query, now);
    const window = { from: iso(fromMs), to: iso(toMs) };
    const { top } = await this.kpis.figures({ ...window, operators: 1 }, now);
    const items: WorstActorDto[] = [];
    for (const load of top.slice(0, query.limit)) items.push(await this.improve(load, fromMs, toMs));
    return { ...window, items };
  }

  private async improve(load: AlarmLoadDto, fromMs: number, toMs: number): Promise<WorstActorDto> {
    const { latheId, type, channel } = load;
    const unchanged = { ...load, sampleIntervalS: null };
    if (!channel || isPlantType(type)) return unchanged;
    const inForce = await this.thresholds.load(latheId);
    const improvements = improvementsOf(inForce, { type, channel });
    if (improvements.length === 0) return unchanged;
    // only the limits of this alarm are played: the others do not act on it
    const own = (thresholds: Improvement['thresholds']) =>
      thresholds.filter((threshold) => threshold.type === type && threshold.channel === channel);
    const sets = [[...inForce], ...improvements.map(({ thresholds }) => thresholds)].map(own);
    const { tests, sampleIntervalS } = await this.backtests.try(latheId, sets, fromMs, toMs);
    const [before, ...after] = tests.map((test) => test.countsOf(pointKey(type, channel)));
    const best = bestOf(before!, after);
    if (best === undefined) return { ...load, sampleIntervalS };
    const { change, thresholds } = improvements[best]!;
    return { ...load, sampleIntervalS, proposal: { change, thresholds, before: before!, after: after[best]! } };
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

function windowOf({ from, to }: { from?: string | undefined; to?: string | undefined }, now: Date) {
  const toMs = to ? Date.parse(to) : now.getTime();
  const fromMs = from ? Date.parse(from) : toMs - DEFAULT_DAYS * DAY_MS;
  if (toMs - fromMs > MOST_DAYS * DAY_MS) {
    throw new ValidationError([{ path: 'from', message: `lies more than ${MOST_DAYS} days before to` }]);
  }
  if (fromMs > toMs) throw new ValidationError([{ path: 'from', message: 'must not be after to' }]);
  return { fromMs, toMs };
}
