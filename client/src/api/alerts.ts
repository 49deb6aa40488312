import { z } from 'zod';
import { FloodNowSchema } from '#domain/contract/alarm-kpi.js';
import {
  type AlertDto,
  AlertSchema,
  AlertTransitionSchema,
  type CreateAlertDto,
  type ShelveAlertSchema,
  ThresholdsSchema,
} from '#domain/contract/alert.js';
import { BlackBoxSchema } from '#domain/contract/black-box.js';
import { LatheSchema } from '#domain/contract/lathe.js';
import { type Page, pageOf } from '#domain/contract/page.js';
import { getJson, getTagged, sendJson, withQuery } from './http';

/** Bounds what a page holds in memory; no flood that people could work through comes near. */
const MOST_OPEN = 20_000;
const LARGEST_PAGE = 500;

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

/** Every alert that fits, newest first, read to its end. @param most - no more than about this many */
export async function fetchAllAlerts(filter: AlertsFilter, most = MOST_OPEN): Promise<AlertDto[]> {
  const alerts: AlertDto[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchAlerts(filter, LARGEST_PAGE, cursor);
    alerts.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && alerts.length < most);
  return alerts;
}

export const fetchAlert = (alertId: string): Promise<AlertDto> => getJson(`/api/alerts/${alertId}`, AlertSchema);

export const fetchTransitions = (alertId: string) =>
  getJson(`/api/alerts/${alertId}/transitions`, z.array(AlertTransitionSchema));

export const fetchFlood = () => getJson('/api/alerts/flood', FloodNowSchema);

export const fetchBlackBox = (alertId: string, channels: readonly string[]) =>
  getJson(withQuery(`/api/alerts/${alertId}/black-box`, { channels: channels.join(',') }), BlackBoxSchema);

export const fetchThresholds = (latheId: string) => getTagged(`/api/thresholds/${latheId}`, ThresholdsSchema);

export const raiseAlert = (alert: CreateAlertDto): Promise<unknown> =>
  sendJson('POST', '/api/alerts', alert, z.unknown());

/** Opens the lock of a critical stop. */
export const releaseLathe = (latheId: string, reason: string) =>
  sendJson('POST', `/api/lathes/${latheId}/release`, { reason }, LatheSchema);

/** What can be done to an alert: the last word of its address, and what goes with it. */
export type AlertAct =
  | { verb: 'acknowledge' | 'resolve' | 'reset' | 'unshelve' | 'return-to-service'; comment?: string }
  | ({ verb: 'shelve' } & z.input<typeof ShelveAlertSchema>)
  | { verb: 'out-of-service'; reason: string };

/** Does one act. @param key - of the wish: however often it is sent with this key, it is done once */
export function actOnAlert(alertId: string, { verb, ...body }: AlertAct, key: string): Promise<AlertDto> {
  return sendJson('POST', `/api/alerts/${alertId}/${verb}`, body, AlertSchema, { 'idempotency-key': key });
}

/** A key that nobody else has. `crypto.randomUUID` is missing on pages that come over plain HTTP. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, '0')).join('');
}
