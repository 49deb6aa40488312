import { z } from 'zod';
import {
  type AlertDto,
  AlertSchema,
  AlertTransitionSchema,
  type CreateAlertDto,
  ThresholdsSchema,
} from '#domain/contract/alert.js';
import { type Page, pageOf } from '#domain/contract/page.js';
import { getJson, sendJson, withQuery } from './http';

/** More than this many at once nobody can look through; the newest stand for them. */
const MOST_ACTIVE = 2000;

export interface AlertsFilter {
  state?: string;
  open?: 'true' | 'false';
  priority?: number;
  latheId?: string;
  type?: string;
  from?: string;
  to?: string;
}

export const fetchAlerts = (filter: AlertsFilter, limit: number, cursor?: string): Promise<Page<AlertDto>> =>
  getJson(withQuery('/api/alerts', { ...filter, limit, cursor }), pageOf(AlertSchema)) as Promise<Page<AlertDto>>;

/** The alerts that are not over, newest first; a flood beyond one page is read to its end. */
export async function fetchActiveAlerts(): Promise<AlertDto[]> {
  const alerts: AlertDto[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchAlerts({ open: 'true' }, 500, cursor);
    alerts.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && alerts.length < MOST_ACTIVE);
  return alerts;
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
