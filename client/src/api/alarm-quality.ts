import { AlarmKpiSchema } from '#domain/contract/alarm-kpi.js';
import { type Threshold, ThresholdsSchema } from '#domain/contract/alert.js';
import { BacktestAnswerSchema, WorstActorsSchema } from '#domain/contract/backtest.js';
import { getJson, sendJson, sendTagged, type Tagged, withQuery } from './http';

/** A week of readings is played through every rule, of several lathes one after the other. */
const PLAYED_MS = 120_000;

export interface Window {
  from: string;
  to: string;
}

export const fetchAlarmKpi = (window: Window, operators: number) =>
  getJson(withQuery('/api/alerts/kpi', { ...window, operators }), AlarmKpiSchema);

export const fetchWorstActors = (window: Window) =>
  getJson(withQuery('/api/alerts/worst-actors', { ...window }), WorstActorsSchema, PLAYED_MS);

/** What these limits would have raised in the last seven days. */
export const tryThresholds = (latheId: string, thresholds: readonly Threshold[]) =>
  sendJson('POST', `/api/thresholds/${latheId}/backtest`, { thresholds }, BacktestAnswerSchema, {}, PLAYED_MS);

/** @param thresholds - with the edition that they are made from; without one they replace any */
export const saveThresholds = (latheId: string, thresholds: Tagged<readonly Threshold[]>) =>
  sendTagged('PUT', `/api/thresholds/${latheId}`, thresholds, ThresholdsSchema);
