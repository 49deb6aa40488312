import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { figuresOf } from './figures.js';
import { common, type Interval, lengthMs, merged, without } from './interval.js';
import { latheTime } from './lathe-time.js';
import type { JobRecord, LatheRecords } from './records.js';
import { responsesOf, responseTimes } from './response.js';
import { parseShifts, shiftsBetween } from './shifts.js';
import type { StopCause } from './stop-reasons.js';
import { addSums, emptySums, type KpiSums, sumsOf } from './sums.js';
import { waterfallOf } from './waterfall.js';

const MIN = 60_000;
const HOUR = 60 * MIN;
const T0 = Date.UTC(2026, 10, 2, 6);
const at = (hours: number): number => T0 + hours * HOUR;
const span = (from: number, to: number): Interval => ({ fromMs: at(from), toMs: at(to) });

function job(from: number, to: number, more: Partial<JobRecord> = {}): JobRecord {
  const id = `JOB_${from}`;
  return {
    id,
    ...span(from, to),
    status: 'Completed',
    timeScale: 1,
    toolNo: 1,
    estimatedMin: 60,
    actualMin: 60,
    ...more,
  };
}

function records(jobs: JobRecord[], more: Partial<LatheRecords> = {}): LatheRecords {
  return { latheId: 'lathe-1', jobs, services: [], alarms: [], reasons: new Map(), ...more };
}

const SHIFT = [span(0, 8)];
const sums = (of: LatheRecords, busy = SHIFT, window = busy): KpiSums =>
  sumsOf(of, latheTime(of, busy, at(100)), window);
const figures = (of: LatheRecords, busy = SHIFT, window = busy) => figuresOf(sums(of, busy, window));
const planned = { cycleS: 60, removedKg: 0.5, edges: 0.01 };

describe('worked examples', () => {
  it('1: six of eight hours, 300 parts of a minute, 15 of them scrap', () => {
    const found = figures(records([job(0, 6, { parts: 300, planned, scrapped: 15, energyWh: 3000, edgeCost: 4 })]));
    expect(found.availability).toBeCloseTo(0.75, 12);
    expect(found.effectiveness).toBeCloseTo(300 / 360, 12);
    expect(found.quality).toBeCloseTo(0.95, 12);
    expect(found.oee).toBeCloseTo(0.75 * (300 / 360) * 0.95, 12);
    expect(found.energyPerPartWh).toBeCloseTo(10, 12);
    expect(found.energyPerKgWh).toBeCloseTo(20, 12);
    expect(found.toolCostPerPart).toBeCloseTo(0.04, 12);
  });

  it('2: nothing planned and nothing made: every figure is unknown, none is 0', () => {
    expect(new Set(Object.values(figures(records([]), [])))).toEqual(new Set([null]));
  });

  it('3: planned but idle: availability is 0, the others unknown', () => {
    const found = figures(records([]));
    expect([found.availability, found.effectiveness, found.quality, found.oee]).toEqual([0, null, null, null]);
  });

  it('4: parts that nobody inspected: no quality, so no OEE, but the other two', () => {
    const found = figures(records([job(0, 4, { parts: 120, planned })]));
    expect([found.availability, found.effectiveness, found.quality, found.oee]).toEqual([0.5, 0.5, null, null]);
  });

  it('5: quicker than planned: effectiveness is not cut off at 1, and the waterfall gains', () => {
    const quick = sums(records([job(0, 8, { parts: 600, planned, scrapped: 0 })]));
    expect(figuresOf(quick).effectiveness).toBeCloseTo(1.25, 12);
    expect(waterfallOf(quick).find(({ name }) => name === 'speed')?.ms).toBeCloseTo(-2 * HOUR, 3);
  });

  it('6: maintenance windows that overlap are taken out of the planned time once', () => {
    const services = [
      { ...span(2, 4), reason: 'service' },
      { ...span(3, 5), reason: 'chuck' },
    ];
    const found = sums(records([job(0, 2), job(5, 8)], { services }));
    expect([found.plannedMs, found.producingMs]).toEqual([5 * HOUR, 5 * HOUR]);
  });

  it('7: a failure, its repair in three hours, MTBF and MTTR', () => {
    const services = [{ ...span(3, 5), reason: 'repair' }];
    const of = records([job(0, 2, { status: 'Failed' }), job(5, 8)], { services });
    const found = sums(of);
    expect(found.plannedMs).toBe(8 * HOUR);
    expect(found.lostMs.breakdown).toBe(3 * HOUR);
    expect([figuresOf(found).mtbfMs, figuresOf(found).mttrMs]).toEqual([5 * HOUR, 3 * HOUR]);
  });

  it('8: no failure: MTBF and MTTR are unknown and not endless', () => {
    const found = figures(records([job(0, 8)]));
    expect([found.mtbfMs, found.mttrMs]).toEqual([null, null]);
  });

  it('9: a job that reaches out of the window counts with the share of its time', () => {
    const found = sums(records([job(-2, 2, { parts: 40, energyWh: 400 })]), [span(-8, 8)], [span(0, 8)]);
    expect([found.parts, found.energyWh, found.jobs]).toEqual([20, 200, 1]);
  });

  it('10: a job across midnight is split between both days without rest', () => {
    const of = records([job(16, 20, { parts: 100, planned, scrapped: 2 })]);
    const [before, after] = [span(0, 18), span(18, 42)].map((day) => sums(of, [span(0, 42)], [day]));
    expect([before!.parts, after!.parts]).toEqual([50, 50]);
    expect([before!.jobs, after!.jobs]).toEqual([0, 1]);
  });

  it('11: a stop has the cause that people give, else the one on record, else none', () => {
    const jobs = [job(0, 2), job(3, 4), job(4.05, 6), job(7, 8)];
    const found = sums(records(jobs, { reasons: new Map([[at(2), 'noMaterial']]) }));
    expect(found.lostMs).toMatchObject({ noMaterial: HOUR, unexplained: HOUR });
    expect(found.lostMs.minor).toBeCloseTo(3 * MIN, 3);
    expect(found.stops).toMatchObject({ noMaterial: 1, minor: 1, unexplained: 1 });
  });

  it('12: stop, detection, acknowledgement and act', () => {
    const of = records([job(0, 2, { status: 'Alert Triggered' }), job(5, 8)], {
      services: [{ ...span(2.5, 4), reason: 'repair' }],
      alarms: [{ jobId: 'JOB_0', raisedMs: at(2) - 1000, acknowledgedMs: at(2) + 4 * MIN }],
    });
    const met = responsesOf(of, latheTime(of, SHIFT, at(8)), SHIFT);
    expect(met).toEqual([{ detectMs: 0, acknowledgeMs: 4 * MIN, actMs: 30 * MIN }]);
    expect(responseTimes(met).act).toEqual({ count: 1, p50Ms: 30 * MIN, p95Ms: 30 * MIN });
  });

  it('13: jobs that overlap on one lathe take its time once', () => {
    expect(sums(records([job(0, 4), job(2, 6)])).producingMs).toBe(6 * HOUR);
  });

  it('14: planned against actual time counts completed jobs only', () => {
    const jobs = [job(0, 2, { estimatedMin: 100, actualMin: 120 }), job(2, 3, { status: 'Cancelled', actualMin: 5 })];
    expect(figures(records(jobs)).actualPerPlannedTime).toBeCloseTo(1.2, 12);
  });
});

describe('shifts', () => {
  const shifts = parseShifts('Early 06:00-14:00, Late 14:00-22:00, Night 22:00-06:00')!;
  const berlin = { timeZone: 'Europe/Berlin', shifts };
  const of = (fromMs: number, toMs: number) => shiftsBetween(fromMs, toMs, berlin);

  it('15: the night in which clocks go back has nine hours, the one in which they go forward seven', () => {
    const lengths = [Date.UTC(2026, 9, 25, 0), Date.UTC(2026, 2, 29, 0)].map((ms) => lengthMs(of(ms, ms + 1)) / HOUR);
    expect(lengths).toEqual([9, 7]);
  });

  it('16: a job across the change keeps its hours', () => {
    const night = of(Date.UTC(2026, 9, 25, 0), Date.UTC(2026, 9, 25, 0) + 1);
    const [shift] = night;
    const whole = records([{ ...job(0, 1), fromMs: shift!.fromMs, toMs: shift!.toMs }]);
    expect(sumsOf(whole, latheTime(whole, night, shift!.toMs), night).producingMs).toBe(9 * HOUR);
  });

  it('cover every moment once where they follow one another, in any zone', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(zones, moments, (timeZone, fromMs) => {
        const spans = shiftsBetween(fromMs, fromMs + 60 * HOUR, { timeZone, shifts });
        expect(merged(spans)).toHaveLength(1);
        expect(lengthMs(spans)).toBe(lengthMs(merged(spans)));
        expect(spans[0]!.fromMs).toBeLessThanOrEqual(fromMs);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['', 'Early', 'Early 6-14', 'Early 06:00-25:00', 'Early 06:00-14:00,'])('are not read from "%s"', (text) => {
    expect(parseShifts(text)).toBeNull();
  });
});

const hours = fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10);
const intervals = fc
  .array(fc.tuple(hours, hours), { maxLength: 8 })
  .map((pairs) => merged(pairs.map(([a, b]) => span(a, b))));

describe('sets of time', () => {
  it('are parted by another one without rest', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        expect(lengthMs(common(a, b)) + lengthMs(without(a, b))).toBeCloseTo(lengthMs(a), 3);
        expect(merged([...common(a, b), ...without(a, b)])).toEqual(a);
      }),
    );
  });
});

const anyRecords = fc
  .tuple(
    fc.array(fc.tuple(hours, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 90 }), fc.nat(3)), {
      maxLength: 10,
    }),
    intervals,
    fc.array(hours, { maxLength: 5 }),
  )
  .map(([works, services, alarms]) => {
    const statuses = ['Completed', 'Failed', 'Cancelled', 'Alert Triggered'] as const;
    const jobs = works.map(([from, tenths, parts, kind]) => {
      const details = { parts, planned, energyWh: 10 * parts, scrapped: Math.min(parts, kind), edgeCost: 3 };
      return job(from, from + tenths / 10, { ...details, status: statuses[kind] ?? 'Completed' });
    });
    return records(
      jobs.sort((a, b) => a.fromMs - b.fromMs),
      {
        services: services.map((service) => ({ ...service, reason: 'service' })),
        alarms: alarms.map((hour) => ({ raisedMs: at(hour) })),
      },
    );
  });

describe('sums', () => {
  it('of the parts of a window are those of the whole, wherever it is split', () => {
    fc.assert(
      fc.property(anyRecords, intervals, fc.array(hours, { maxLength: 4 }), (of, busy, cuts) => {
        const time = latheTime(of, busy, at(60));
        const whole = sumsOf(of, time, [span(0, 50)]);
        const edges = [0, ...cuts.sort((a, b) => a - b), 50];
        const parts = edges.slice(1).map((to, i) => merged([span(edges[i]!, to)]));
        const added = parts.reduce((sum, part) => addSums(sum, sumsOf(of, time, part)), emptySums());
        for (const [key, value] of Object.entries(whole)) {
          const other = added[key as keyof KpiSums];
          if (typeof value === 'number') expect(other as number).toBeCloseTo(value, 3);
          else
            for (const [cause, ms] of Object.entries(value as KpiSums['lostMs'])) {
              expect((other as KpiSums['lostMs'])[cause as StopCause]).toBeCloseTo(ms, 3);
            }
        }
      }),
    );
  });

  it('part the planned time into time with a job and the causes of time without', () => {
    fc.assert(
      fc.property(anyRecords, intervals, (of, busy) => {
        const found = sums(of, busy, [span(0, 50)]);
        const lost = Object.values(found.lostMs).reduce((sum, ms) => sum + ms, 0);
        expect(found.producingMs + lost).toBeCloseTo(found.plannedMs, 3);
      }),
    );
  });

  it('make a waterfall whose losses lead from each total to the next', () => {
    fc.assert(
      fc.property(anyRecords, intervals, (of, busy) => {
        let leftMs = 0;
        for (const { kind, ms } of waterfallOf(sums(of, busy, [span(0, 50)]))) {
          if (kind === 'total' && leftMs !== 0) expect(leftMs).toBeCloseTo(ms, 1);
          leftMs = kind === 'total' ? ms : leftMs - ms;
        }
      }),
    );
  });
});
