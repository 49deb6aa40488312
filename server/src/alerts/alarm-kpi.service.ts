import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { alarmKpi } from '#domain/alarms/kpi.js';
import type { AlarmKpiDto, AlarmKpiQuerySchema } from '#domain/contract/alarm-kpi.js';
import type { AlertDto } from '#domain/contract/alert.js';
import type { AlarmState } from '#domain/contract/enums.js';
import { DAY_MS } from '#domain/telemetry/resolution.js';
import { ValidationError } from '../common/errors.js';
import { AlarmDays } from './alarm-days.js';
import { AlarmHistory } from './alarm-history.repository.js';
import { AlertsQuery } from './alerts-query.service.js';

const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;
const MOST_LISTED = 200;

/** How good the alarm system itself is. */
@Injectable()
export class AlarmKpis {
  constructor(
    private readonly days: AlarmDays,
    private readonly history: AlarmHistory,
    private readonly alerts: AlertsQuery,
  ) {}

  /** Figures of a window; without `from` over the 30 days before `to`, without `to` until now. @throws ValidationError */
  async figures(query: z.output<typeof AlarmKpiQuerySchema>, now: Date): Promise<AlarmKpiDto> {
    const { fromMs, toMs } = windowOf(query, now);
    const endMs = Math.min(toMs, now.getTime());
    const [tally, began, shelved, suppressed, outOfService] = await Promise.all([
      this.days.tally(fromMs, endMs, now.getTime()),
      this.history.beganAt(),
      this.inState('shelved'),
      this.inState('suppressed'),
      this.inState('outOfService'),
    ]);
    const recordingSinceMs = began?.getTime() ?? endMs;
    const figures = alarmKpi(tally, { fromMs, toMs: endMs, recordingSinceMs, operators: query.operators });
    return {
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      ...figures,
      silenced: { raised: tally.silenced, shelved, suppressed, outOfService },
    };
  }

  private async inState(state: AlarmState): Promise<AlertDto[]> {
    return (await this.alerts.list({ state, limit: MOST_LISTED })).items;
  }
}

export function windowOf({ from, to }: { from?: string | undefined; to?: string | undefined }, now: Date) {
  const toMs = to ? Date.parse(to) : now.getTime();
  const fromMs = from ? Date.parse(from) : toMs - DEFAULT_DAYS * DAY_MS;
  if (fromMs > toMs) throw new ValidationError([{ path: 'from', message: 'must not be after to' }]);
  if (toMs - fromMs > MOST_DAYS * DAY_MS) {
    throw new ValidationError([{ path: 'from', message: `lies more than ${MOST_DAYS} days before to` }]);
  }
  return { fromMs, toMs };
}
