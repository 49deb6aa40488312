import { pageTimers, type Timers, throttled } from './throttle';

/** What changes often is shown at once when it has rested, and else together with all that changed within this time, ms. */
const TOGETHER_MS = 250;

/** Hands changes on in heaps: of each thing the latest copy, however often it has changed meanwhile. */
export class LatestFeed<Item> {
  private fresh = new Map<string, Item>();
  private readonly hand: () => void;

  constructor(
    private readonly keyOf: (item: Item) => string,
    show: (items: Item[]) => void,
    timers: Timers = pageTimers,
  ) {
    this.hand = throttled(
      () => {
        const items = [...this.fresh.values()];
        this.fresh = new Map();
        show(items);
      },
      TOGETHER_MS,
      timers,
    );
  }

  take(item: Item): void {
    this.fresh.set(this.keyOf(item), item);
    this.hand();
  }
}
