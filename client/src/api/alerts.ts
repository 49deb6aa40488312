import { z } from 'zod';
import {
  type AlertDto,
  AlertSchema,
  AlertTransitionSchema,
  type CreateAlertDto,
  ThresholdsSchema,
} from '#domain/contract/alert.js';
import type { AlarmState } from '#domain/contract/enums.js';
import { type Page, pageOf } from '#domain/contract/page.js';
import { getJson, sendJson, withQuery } from './http';

export interface AlertsFilter {
  state?: string;
  priority?: number;
  latheId?: string;
  type?: string;
  from?: string;
  to?: string;
}

export const fetchAlerts = (filter: AlertsFilter, limit: number, cursor?: string): Promise<Page<AlertDto>> =>
  getJson(withQuery('/api/alerts', { ...filter, limit, cursor }), pageOf(AlertSchema)) as Promise<Page<AlertDto>>;

/** Every state but normal: the alerts that still concern somebody. */
export const ACTIVE_STATES: readonly AlarmState[] = [
  'unacknowledged',
  'returnedUnacknowledged',
  'acknowledged',
  'latchedUnacknowledged',
  'latchedAcknowledged',
  'shelved',
];

/** The active alerts of the plant. The API filters by one state at a time. */
export async function fetchActiveAlerts(): Promise<AlertDto[]> {
  const pages = await Promise.all(ACTIVE_STATES.map((state) => fetchAlerts({ state }, 500)));
  return pages.flatMap((page) => page.items);
}

export const fetchTransitions = (alertId: string) =>
  getJson(`/api/alerts/${alertId}/transitions`, z.array(AlertTransitionSchema));

export const fetchThresholds = (latheId: string) => getJson(`/api/thresholds/${latheId}`, ThresholdsSchema);

export const raiseAlert = (alert: CreateAlertDto): Promise<unknown> =>
  sendJson('POST', '/api/alerts', alert, z.unknown());

export type AlertAction = 'acknowledge' | 'resolve';

/** A key for each press, so that a repeated request after a lost answer changes nothing twice. */
export const actOnAlert = (alertId: string, action: AlertAction, comment?: string): Promise<AlertDto> =>
  sendJson('POST', `/api/alerts/${alertId}/${action}`, comment ? { comment } : {}, AlertSchema, {
    'idempotency-key': crypto.randomUUID?.() ?? `${alertId}-${action}-${performance.now()}`,
  });
