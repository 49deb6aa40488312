import { describe, expect, it } from '@jest/globals';
import type { AlarmEventType } from './alarm-state.js';
import { type AlarmRecord, alarmKpi, annunciations } from './kpi.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const records: AlarmRecord[] = [
  { raisedAtMs: 0, priority: 3, acknowledgedAtMs: 10_000, returnedAtMs: 60_000 },
  { raisedAtMs: 5 * MINUTE_MS, priority: 3, acknowledgedAtMs: 5 * MINUTE_MS + 30_000 },
  { raisedAtMs: 11 * MINUTE_MS, priority: 1 },
  { raisedAtMs: 14 * MINUTE_MS, priority: 2 },
];

describe('figures of the alarm system', () => {
  it('are worked from what was recorded', () => {
    expect(alarmKpi(records, { fromMs: 0, toMs: 20 * MINUTE_MS }, 0)).toEqual({
      enoughData: false,
      days: 0.01,
      total: 4,
      byPriority: { 1: 1, 2: 1, 3: 2, 4: 0 },
      averagePer10Min: 2,
      peakPer10Min: 3,
      timeToAcknowledgeS: { count: 2, p50: 10, p95: 30 },
      timeToReturnS: { count: 1, p50: 60, p95: 60 },
    });
  });

  it('say that there is not enough data below 30 days of records, however long the window', () => {
    const window = { fromMs: 0, toMs: 90 * DAY_MS };
    expect(alarmKpi([], window, 61 * DAY_MS)).toMatchObject({ enoughData: false, days: 29 });
    expect(alarmKpi([], window, 60 * DAY_MS)).toMatchObject({ enoughData: true, days: 30, averagePer10Min: 0 });
    expect(alarmKpi([], window, 91 * DAY_MS)).toMatchObject({ enoughData: false, days: 0, averagePer10Min: null });
  });
});

describe('annunciations in a history', () => {
  it('are counted once for each excess, with what followed', () => {
    const line = (alertId: string, atMs: number, event: AlarmEventType, priority?: number) => ({
      alertId,
      atMs,
      event,
      ...(priority === undefined ? {} : { priority }),
    });
    const history = [
      line('a', 0, 'limitExceeded', 3),
      line('b', 1, 'acknowledged'),
      line('b', 2, 'limitExceeded', 2),
      line('a', 3, 'priorityRaised', 1),
      line('a', 4, 'returnedToNormal'),
      line('a', 5, 'limitExceeded', 3),
      line('a', 6, 'acknowledged'),
      line('b', 7, 'resolved'),
    ];
    expect(annunciations(history)).toEqual([
      { raisedAtMs: 0, priority: 1, returnedAtMs: 4 },
      { raisedAtMs: 2, priority: 2, acknowledgedAtMs: 7 },
      { raisedAtMs: 5, priority: 3, acknowledgedAtMs: 6 },
    ]);
  });
});
