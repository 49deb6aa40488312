import type { AlarmState } from '../contract/enums.js';
import type { AlarmTransition } from './alarm.js';
import { CHATTER_WINDOW_MS, isFleeting, isStale, noteRaise, type RecentRaises } from './alarm-quality.js';
import { SILENCED_STATES } from './alarm-state.js';
import { type DurationSketch, Durations } from './duration-sketch.js';
import { type Flood, type FloodState, FloodTrace } from './flood.js';

/** The part of a transition that figures are made of. `point`: what the alarm is about, whichever instance. */
export type CountedTransition = Pick<AlarmTransition, 'atMs' | 'event' | 'to' | 'priority'> & {
  alertId: string;
  point?: string;
};

export interface PointTally {
  /** alarms shown to people */
  alarms: number;
  /** of these, raised while the point chattered */
  chattering: number;
  /** of these, over before anybody could have acted */
  fleeting: number;
}

export interface StaleAlarm {
  alertId: string;
  point: string;
  sinceMs: number;
}

/** What a stretch of history adds up to, as plain JSON. Its size follows from points and time, not from transitions. */
export interface Tally {
  alarms: number;
  /** raised while shelved, suppressed or out of service */
  silenced: number;
  /** index 0 is priority 1 */
  byPriority: number[];
  /** [number of the ten minutes since the epoch, alarms in them], of those that saw any */
  per10Min: [bin: number, alarms: number][];
  peakPer10Min: number;
  points: Record<string, PointTally>;
  toAcknowledge: DurationSketch;
  toReturn: DurationSketch;
  /** floods that ended, and last the one that lasted still */
  floods: Flood[];
  /** stood for longer than a day at some time */
  stale: StaleAlarm[];
}

/** An alarm that is not over at the end of a stretch. */
interface Standing {
  point: string;
  raisedAtMs: number;
  priority: number;
  isActive: boolean;
  isAcknowledged: boolean;
  isSilent: boolean;
}

/** What the next stretch must know of the one before, as plain JSON. */
export interface TallyCarry {
  standing: Record<string, Standing>;
  raises: Record<string, RecentRaises>;
  flood: FloodState;
}

export const NO_CARRY: TallyCarry = { standing: {}, raises: {}, flood: { recentMs: [], current: null } };
export const TEN_MINUTES_MS = 600_000;
const UNKNOWN_POINT = '?';
const LEAST_URGENT = 4;

/** Adds up transitions in the order of time, holding no more of them than alarms stand at once. */
export class AlarmTally {
  private readonly standing: Map<string, Standing>;
  private readonly raises: Map<string, RecentRaises>;
  private readonly trace: FloodTrace;
  private readonly points = new Map<string, PointTally>();
  private readonly bins = new Map<number, number>();
  private readonly toAcknowledge = new Durations();
  private readonly toReturn = new Durations();
  private readonly stale = new Map<string, StaleAlarm>();
  private readonly floods: Flood[] = [];
  private readonly byPriority = [0, 0, 0, 0];
  private alarms = 0;
  private silenced = 0;

  constructor(carry: TallyCarry = NO_CARRY) {
    this.standing = new Map(Object.entries(structuredClone(carry.standing)));
    this.raises = new Map(Object.entries(structuredClone(carry.raises)));
    this.trace = new FloodTrace(carry.flood);
  }

  add(transition: CountedTransition): void {
    const { alertId, event, to, atMs } = transition;
    const known = this.standing.get(alertId);
    if (event === 'limitExceeded') this.raise(transition);
    else if (known && event === 'priorityRaised') this.raisePriority(known, transition.priority);
    else if (known) {
      if (event === 'acknowledged' || event === 'resolved') this.acknowledge(known, atMs);
      if (event === 'returnedToNormal' || event === 'resolved') this.return(alertId, known, atMs);
    }
    const standing = this.standing.get(alertId);
    if (standing) standing.isSilent = SILENCED_STATES.includes(to);
    if (to === 'normal') this.standing.delete(alertId);
  }

  /** The sums as of `toMs`, the end of the stretch. */
  close(toMs: number): Tally {
    const ended = this.trace.advance(toMs);
    if (ended) this.floods.push(ended);
    for (const [alertId, { point, raisedAtMs, isActive, isSilent }] of this.standing) {
      if (isActive && !isSilent && isStale(raisedAtMs, toMs)) this.noteStale(alertId, point, raisedAtMs);
    }
    const current = this.trace.standing;
    return {
      ...{ alarms: this.alarms, silenced: this.silenced, byPriority: [...this.byPriority] },
      per10Min: [...this.bins],
      peakPer10Min: this.trace.peak,
      points: Object.fromEntries(this.points),
      toAcknowledge: this.toAcknowledge.sketch(),
      toReturn: this.toReturn.sketch(),
      floods: current ? [...this.floods, current] : [...this.floods],
      stale: [...this.stale.values()],
    };
  }

  /** What goes on behind `toMs`. */
  carry(toMs: number): TallyCarry {
    const raises = [...this.raises].filter(([, times]) => toMs - times.at(-1)! <= CHATTER_WINDOW_MS);
    return structuredClone({
      standing: Object.fromEntries(this.standing),
      raises: Object.fromEntries(raises),
      flood: this.trace.state(),
    });
  }

  private raise({ alertId, atMs, to, priority = LEAST_URGENT, point = UNKNOWN_POINT }: CountedTransition): void {
    const isSilent = SILENCED_STATES.includes(to as AlarmState);
    const fresh = { point, raisedAtMs: atMs, priority, isActive: true, isAcknowledged: false, isSilent };
    this.standing.set(alertId, fresh);
    if (isSilent) {
      this.silenced++;
      return;
    }
    this.alarms++;
    this.byPriority[priority - 1]!++;
    const bin = Math.floor(atMs / TEN_MINUTES_MS);
    this.bins.set(bin, (this.bins.get(bin) ?? 0) + 1);
    const ended = this.trace.add(atMs);
    if (ended) this.floods.push(ended);
    const tally = this.pointTally(point);
    tally.alarms++;
    const recent = this.raises.get(point) ?? [];
    this.raises.set(point, recent);
    if (noteRaise(recent, atMs)) tally.chattering++;
  }

  /** An alarm counts with the most urgent priority that it has had. */
  private raisePriority(standing: Standing, priority = LEAST_URGENT): void {
    if (priority >= standing.priority) return;
    if (!standing.isSilent && this.byPriority[standing.priority - 1]! > 0) {
      this.byPriority[standing.priority - 1]!--;
      this.byPriority[priority - 1]!++;
    }
    standing.priority = priority;
  }

  private acknowledge(standing: Standing, atMs: number): void {
    if (standing.isAcknowledged) return;
    standing.isAcknowledged = true;
    this.toAcknowledge.add(Math.max(0, atMs - standing.raisedAtMs) / 1000);
  }

  private return(alertId: string, standing: Standing, atMs: number): void {
    if (!standing.isActive) return;
    standing.isActive = false;
    this.toReturn.add(Math.max(0, atMs - standing.raisedAtMs) / 1000);
    if (standing.isSilent) return;
    if (isFleeting(standing.raisedAtMs, atMs)) this.pointTally(standing.point).fleeting++;
    if (isStale(standing.raisedAtMs, atMs)) this.noteStale(alertId, standing.point, standing.raisedAtMs);
  }

  private noteStale(alertId: string, point: string, sinceMs: number): void {
    this.stale.set(alertId, { alertId, point, sinceMs });
  }

  private pointTally(point: string): PointTally {
    const known = this.points.get(point) ?? { alarms: 0, chattering: 0, fleeting: 0 };
    this.points.set(point, known);
    return known;
  }
}

/** The sums of stretches that follow each other. @param parts - in the order of time */
export function mergeTallies(parts: readonly Tally[]): Tally {
  const points: Record<string, PointTally> = {};
  const bins = new Map<number, number>();
  const toAcknowledge = new Durations();
  const toReturn = new Durations();
  const stale = new Map<string, StaleAlarm>();
  const floods = new Map<number, Flood>(); // one that lasts beyond its part is told again, longer, by the next
  const byPriority = [0, 0, 0, 0];
  for (const part of parts) {
    for (const [i, count] of part.byPriority.entries()) byPriority[i]! += count;
    for (const [bin, count] of part.per10Min) bins.set(bin, (bins.get(bin) ?? 0) + count);
    for (const [point, { alarms, chattering, fleeting }] of Object.entries(part.points)) {
      const sum = points[point] ?? { alarms: 0, chattering: 0, fleeting: 0 };
      points[point] = sum;
      sum.alarms += alarms;
      sum.chattering += chattering;
      sum.fleeting += fleeting;
    }
    toAcknowledge.merge(part.toAcknowledge);
    toReturn.merge(part.toReturn);
    for (const alarm of part.stale) stale.set(alarm.alertId, alarm);
    for (const flood of part.floods) floods.set(flood.fromMs, flood);
  }
  const sum = (of: (part: Tally) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    alarms: sum((part) => part.alarms),
    silenced: sum((part) => part.silenced),
    byPriority,
    per10Min: [...bins].sort(([a], [b]) => a - b),
    peakPer10Min: parts.reduce((most, part) => Math.max(most, part.peakPer10Min), 0),
    points,
    toAcknowledge: toAcknowledge.sketch(),
    toReturn: toReturn.sketch(),
    floods: [...floods.values()],
    stale: [...stale.values()],
  };
}
