import type { AlertDto } from '#domain/contract/alert.js';
import { pageTimers, type Timers, throttled } from './throttle';

/** One change is shown at once; of many, all that came within this time are shown together, ms. */
const TOGETHER_MS = 100;
/** More at once than this are a flood: then the page shows them less often, and has time for the person before it. */
const FEW = 4;
const FLOOD_TOGETHER_MS = 400;
/** More alerts than this are not remembered; a list that is read anew is older than none of them by then. */
const REMEMBERED = 10_000;

interface Known {
  alert: AlertDto;
  /** place in the order in which changes came */
  at: number;
}

/**
 * All that is heard of alerts, from the socket and from answers, in whatever order it comes: what is older than the known
 * copy is dropped, and a flood is handed on in heaps instead of one by one.
 */
export class AlertFeed {
  private readonly known = new Map<string, Known>();
  private fresh = new Map<string, AlertDto>();
  private count = 0;
  private readonly hand: () => void;

  /** @param show - called with the newest copy of each alert that changed, at most ten times a second, less often in a flood */
  constructor(show: (changed: AlertDto[]) => void, timers: Timers = pageTimers) {
    this.hand = throttled(
      () => {
        const changed = [...this.fresh.values()];
        this.fresh = new Map();
        show(changed);
      },
      () => (this.fresh.size > FEW ? FLOOD_TOGETHER_MS : TOGETHER_MS),
      timers,
    );
  }

  take(alert: AlertDto): void {
    const known = this.known.get(alert.id);
    if (known && known.alert.n >= alert.n) return;
    this.known.delete(alert.id);
    this.known.set(alert.id, { alert, at: ++this.count });
    if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value as string);
    this.fresh.set(alert.id, alert);
    this.hand();
  }

  /** A mark to ask `since` with: taken before a list is read. */
  mark(): number {
    return this.count;
  }

  /** What has been heard after the mark, so that a list that took long is not older than the socket. */
  since(mark: number): AlertDto[] {
    const heard: AlertDto[] = [];
    for (const { alert, at } of this.known.values()) if (at > mark) heard.push(alert);
    return heard;
  }
}
