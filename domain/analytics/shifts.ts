import { DAY_MS } from '../telemetry/resolution.js';
import type { Interval } from './interval.js';

/** A shift of every day, in minutes since local midnight; one that ends before it begins goes on after midnight. */
export interface Shift {
  name: string;
  startMinute: number;
  endMinute: number;
}

export interface ShiftCalendar {
  /** IANA name, such as Europe/Berlin */
  timeZone: string;
  shifts: readonly Shift[];
}

export interface ShiftSpan extends Interval {
  name: string;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** Shifts as people write them: `Early 06:00-14:00, Late 14:00-22:00`. @returns null where the text is none */
export function parseShifts(text: string): Shift[] | null {
  const shifts = text.split(',').map((part) => {
    const match = /^\s*(\S.*?)\s+([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)\s*$/.exec(part);
    if (!match) return null;
    const [, name = '', ...numbers] = match;
    const [h1 = 0, m1 = 0, h2 = 0, m2 = 0] = numbers.map(Number);
    return { name, startMinute: 60 * h1 + m1, endMinute: 60 * h2 + m2 };
  });
  return shifts.every((shift) => shift !== null) ? shifts : null;
}

/** Shifts that overlap the time from `fromMs` to `toMs`, whole and in order; on days of a clock change they are longer or shorter. */
export function shiftsBetween(fromMs: number, toMs: number, calendar: ShiftCalendar): ShiftSpan[] {
  const zone = new ZoneClock(calendar.timeZone);
  const spans: ShiftSpan[] = [];
  const firstDay = Math.floor(zone.localMs(fromMs) / DAY_MS) - 1;
  const lastDay = Math.floor(zone.localMs(toMs) / DAY_MS);
  for (let day = firstDay; day <= lastDay; day++) {
    for (const { name, startMinute, endMinute } of calendar.shifts) {
      const end = endMinute > startMinute ? endMinute : endMinute + DAY_MINUTES;
      const start = zone.utcMs(day * DAY_MS + startMinute * MINUTE_MS);
      const stop = zone.utcMs(day * DAY_MS + end * MINUTE_MS);
      if (stop > fromMs && start < toMs) spans.push({ name, fromMs: start, toMs: stop });
    }
  }
  return spans.sort((a, b) => a.fromMs - b.fromMs);
}

/** The clock on the wall of a place. */
export class ZoneClock {
  private readonly format: Intl.DateTimeFormat;
  /** offset of each hour that was asked for: offsets change on the hour or half hour */
  private readonly known = new Map<number, number>();

  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  }

  /** What the clock shows, as ms of a clock that knows no zones. */
  localMs(utcMs: number): number {
    return utcMs + this.offsetMs(utcMs);
  }

  /** When the clock shows a time; one that is skipped counts as the moment of the change, one shown twice as the earlier. */
  utcMs(localMs: number): number {
    const guess = localMs - this.offsetMs(localMs);
    const [early, late] = [guess - 3 * HOUR_MS, guess + 3 * HOUR_MS].map((ms) => localMs - this.offsetMs(ms));
    const fits = [early, late].filter((ms) => ms !== undefined && this.localMs(ms) === localMs) as number[];
    return fits.length > 0 ? Math.min(...fits) : this.changeBetween(guess - 3 * HOUR_MS, guess + 3 * HOUR_MS);
  }

  private changeBetween(fromMs: number, toMs: number): number {
    const before = this.offsetMs(fromMs);
    let atMs = Math.ceil(fromMs / STEP_MS) * STEP_MS;
    while (atMs < toMs && this.offsetMs(atMs) === before) atMs += STEP_MS;
    return atMs;
  }

  private offsetMs(utcMs: number): number {
    const slot = Math.floor(utcMs / STEP_MS);
    const known = this.known.get(slot);
    if (known !== undefined) return known;
    const parts = this.format.formatToParts(slot * STEP_MS);
    const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    const local = Date.UTC(
      value('year'),
      value('month') - 1,
      value('day'),
      value('hour'),
      value('minute'),
      value('second'),
    );
    const offset = local - slot * STEP_MS;
    this.known.set(slot, offset);
    return offset;
  }
}

const HOUR_MS = 3_600_000;
const STEP_MS = 1_800_000;
