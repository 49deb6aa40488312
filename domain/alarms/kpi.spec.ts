import { describe, expect, it } from '@jest/globals';
import { alarmKpi } from './kpi.js';
import { AlarmTally, type Tally } from './tally.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function raised(raises: [atMs: number, priority: number, point: string][]): Tally {
  const tally = new AlarmTally();
  for (const [i, [atMs, priority, point]] of raises.entries()) {
    tally.add({ alertId: `a${i}`, event: 'limitExceeded', to: 'unacknowledged', atMs, priority, point });
  }
  return tally.close(raises.at(-1)?.[0] ?? 0);
}
const window = (toMs: number, more = {}) => ({ fromMs: 0, toMs, recordingSinceMs: 0, operators: 1, ...more });
const TORQUE = 'lathe-1|HIGH_TORQUE|torque';

describe('figures of the alarm system', () => {
  it('are worked from what was recorded', () => {
    const tally = raised([
      [0, 3, TORQUE],
      [5 * MINUTE_MS, 3, TORQUE],
      [11 * MINUTE_MS, 1, 'lathe-2|MANUAL|'],
      [14 * MINUTE_MS, 2, 'lathe-2|MANUAL|'],
    ]);
    expect(alarmKpi(tally, window(20 * MINUTE_MS))).toMatchObject({
      ...{ enoughData: false, days: 0.01, total: 4, averagePer10Min: 2, peakPer10Min: 3 },
      byPriority: { 1: 1, 2: 1, 3: 2, 4: 0 },
      priorityShare: { 1: 0.25, 2: 0.25, 3: 0.5, 4: 0 },
      timeToAcknowledgeS: { count: 0, p50: null, p95: null },
      top: [
        { latheId: 'lathe-1', type: 'HIGH_TORQUE', channel: 'torque', alarms: 2, share: 0.5 },
        { latheId: 'lathe-2', type: 'MANUAL', alarms: 2, share: 0.5 },
      ],
    });
  });

  it('make up no average from less than ten minutes', () => {
    const tally = raised([[0, 3, TORQUE]]);
    expect(alarmKpi(tally, window(10 * MINUTE_MS - 1)).averagePer10Min).toBeNull();
    expect(alarmKpi(tally, window(10 * MINUTE_MS)).averagePer10Min).toBe(1);
  });

  it('give the targets always, but no verdict below 30 days of records, however long the window', () => {
    const young = alarmKpi(raised([]), window(90 * DAY_MS, { recordingSinceMs: 61 * DAY_MS }));
    expect(young).toMatchObject({ enoughData: false, days: 29 });
    expect(young.figures).toHaveLength(12);
    for (const figure of young.figures) {
      expect(Object.keys(figure.target)).toHaveLength(1);
      expect(figure).not.toHaveProperty('met');
    }
    const none = alarmKpi(raised([]), window(90 * DAY_MS, { recordingSinceMs: 91 * DAY_MS }));
    expect(none).toMatchObject({ enoughData: false, days: 0, averagePer10Min: null });
  });

  it('judge the load of one operating position', () => {
    const every5Min = Array.from({ length: 30 * 288 }, (_, i): [number, number, string] => [
      i * 5 * MINUTE_MS,
      4,
      TORQUE,
    ]);
    const verdicts = (operators: number) => {
      const { enoughData, figures } = alarmKpi(raised(every5Min), window(30 * DAY_MS, { operators }));
      expect(enoughData).toBe(true);
      return Object.fromEntries(figures.map(({ name, value, met }) => [name, [value, met]]));
    };
    expect(verdicts(1)).toMatchObject({
      averagePer10Min: [2, false],
      peakPer10Min: [2, true],
      above10Per10Min: [0, true],
      timeInFlood: [0, true],
      top10Load: [1, false],
      chattering: [0, true],
      priority4: [1, true],
    });
    expect(verdicts(2)).toMatchObject({ averagePer10Min: [1, true], peakPer10Min: [1, true] });
  });

  it('tell the share of time in flood, within the window', () => {
    const tally = raised(Array.from({ length: 11 }, (_, i) => [i * MINUTE_MS * 0.1, 3, TORQUE]));
    const { floods, floodCount, figures } = alarmKpi(tally, window(41 * MINUTE_MS));
    expect([floods[0]?.to, floodCount]).toEqual([null, 1]);
    expect(figures.find(({ name }) => name === 'timeInFlood')?.value).toBeCloseTo(40 / 41, 10);
  });
});
