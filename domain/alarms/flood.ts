/** A flood begins with more alarms than this within 10 minutes, and is over with fewer than that. @see ISA-18.2, alarm flood */
export const FLOOD_STARTS_ABOVE = 10;
export const FLOOD_ENDS_BELOW = 5;
export const FLOOD_WINDOW_MS = 600_000;

export interface Flood {
  /** time of the alarm that made it one too many */
  fromMs: number;
  /** null while it lasts */
  toMs: number | null;
  /** alarms from the first of those that made it a flood on */
  alarms: number;
  /** most alarms within 10 minutes */
  peak: number;
}

/**
 * Whether there is a flood now.
 * @param wasFlood - whether there was one a moment ago
 * @param newestMs - times of the newest alarms, newest first; FLOOD_STARTS_ABOVE + 1 of them are enough
 */
export function isFlood(wasFlood: boolean, newestMs: readonly number[], nowMs: number): boolean {
  const decisive = newestMs[wasFlood ? FLOOD_ENDS_BELOW - 1 : FLOOD_STARTS_ABOVE];
  return decisive !== undefined && nowMs - decisive < FLOOD_WINDOW_MS;
}

/** Follows the alarms of a plant in the order of time and finds its floods. */
export class FloodTrace {
  /** Alarms of the last 10 minutes and, so that an end can be told, at least the last few. */
  private readonly recentMs: number[];
  private head = 0;
  private current: Flood | null;
  private most = 0;

  constructor(state: FloodState = { recentMs: [], current: null }) {
    this.recentMs = [...state.recentMs];
    this.current = state.current && { ...state.current };
  }

  /** Most alarms within 10 minutes, wherever these begin. */
  get peak(): number {
    return this.most;
  }

  /** An alarm is raised. @returns the flood that was over before it, if one was */
  add(atMs: number): Flood | null {
    const ended = this.advance(atMs);
    this.recentMs.push(atMs);
    this.forgetBefore(atMs - FLOOD_WINDOW_MS);
    const count = this.countSince(atMs - FLOOD_WINDOW_MS);
    this.most = Math.max(this.most, count);
    if (this.current) {
      this.current.alarms++;
      this.current.peak = Math.max(this.current.peak, count);
    } else if (count > FLOOD_STARTS_ABOVE) {
      this.current = { fromMs: atMs, toMs: null, alarms: count, peak: count };
    }
    return ended;
  }

  /** Time goes on without an alarm. @returns the flood that has ended by then */
  advance(nowMs: number): Flood | null {
    if (!this.current) return null;
    const decisive = this.recentMs[this.recentMs.length - FLOOD_ENDS_BELOW];
    const endMs = decisive === undefined ? this.current.fromMs : decisive + FLOOD_WINDOW_MS;
    if (endMs > nowMs) return null;
    const ended = { ...this.current, toMs: endMs };
    this.current = null;
    return ended;
  }

  /** The flood that lasts still. */
  get standing(): Flood | null {
    return this.current && { ...this.current };
  }

  /** All that is needed to go on elsewhere, as plain JSON. */
  state(): FloodState {
    return { recentMs: this.recentMs.slice(this.head), current: this.standing };
  }

  private countSince(fromMs: number): number {
    let first = this.head;
    while (first < this.recentMs.length && this.recentMs[first]! <= fromMs) first++;
    return this.recentMs.length - first;
  }

  private forgetBefore(fromMs: number): void {
    const keep = this.recentMs.length - FLOOD_ENDS_BELOW;
    while (this.head < keep && this.recentMs[this.head]! <= fromMs) this.head++;
    if (this.head > 1000 && this.head > this.recentMs.length / 2) {
      this.recentMs.splice(0, this.head);
      this.head = 0;
    }
  }
}

export interface FloodState {
  recentMs: number[];
  current: Flood | null;
}

/** An alarm as far as a flood is concerned. */
export interface FloodAlarm {
  alertId: string;
  latheId: string;
  atMs: number;
}

export interface FloodGroup {
  latheId: string;
  alarms: number;
  /** the alert that was first on this lathe */
  firstOut: string;
  firstOutMs: number;
}

/** Alarms by lathe with the first of each, the lathe with the earliest first. @param alarms - in any order */
export function firstOutByLathe(alarms: Iterable<FloodAlarm>): FloodGroup[] {
  const groups = new Map<string, FloodGroup>();
  for (const { alertId, latheId, atMs } of alarms) {
    const group = groups.get(latheId);
    if (!group) groups.set(latheId, { latheId, alarms: 1, firstOut: alertId, firstOutMs: atMs });
    else {
      group.alarms++;
      if (atMs < group.firstOutMs) Object.assign(group, { firstOut: alertId, firstOutMs: atMs });
    }
  }
  return [...groups.values()].sort((a, b) => a.firstOutMs - b.firstOutMs);
}
