import type { Timers } from '../../../live/throttle';
import { toneOf } from './tones';

/** What the bell should call to: the most urgent that waits, and a mark that changes with every new arrival. */
export interface Call {
  priority: number;
  arrival: string;
}

/** However many arrive, a tone is let to its end, ms. */
const LEAST_GAP_MS = 2000;

/** Decides when the tone sounds: at an arrival, and again and again while somebody is waited for. */
export class Ringer {
  private call: Call | undefined;
  private rangAtMs = Number.NEGATIVE_INFINITY;
  private timer: unknown;

  constructor(
    private readonly ring: (priority: number) => void,
    private readonly timers: Timers,
    private readonly now: () => number,
  ) {}

  /** @param call - undefined: nobody is called, or nobody is to hear it */
  attend(call: Call | undefined): void {
    const before = this.call;
    this.call = call;
    if (!call) {
      this.timers.clear(this.timer);
      this.timer = undefined;
      return;
    }
    const isNews = !before || call.arrival !== before.arrival || call.priority < before.priority;
    if (isNews) this.ringIn(Math.max(0, this.rangAtMs + LEAST_GAP_MS - this.now()));
  }

  private ringIn(delayMs: number): void {
    this.timers.clear(this.timer);
    if (delayMs > 0) {
      this.timer = this.timers.set(() => this.sound(), delayMs);
      return;
    }
    this.sound();
  }

  private sound(): void {
    this.timer = undefined;
    if (!this.call) return;
    this.rangAtMs = this.now();
    this.ring(this.call.priority);
    const { repeatS } = toneOf(this.call.priority);
    if (repeatS > 0) this.timer = this.timers.set(() => this.sound(), repeatS * 1000);
  }
}
