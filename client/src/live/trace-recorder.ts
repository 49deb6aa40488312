import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import type { TickBuffer } from './tick-buffer';
import { TraceRing } from './trace-ring';

/** Two minutes at 20 Hz; at lower rates the ring reaches further back. */
const SAMPLES = 2400;

/** Keeps the recent past of the one lathe that is being watched, every channel. */
export class TraceRecorder {
  ring = new TraceRing(SAMPLES, CHANNEL_COUNT);
  latheId: string | undefined;

  /** Starts anew for another lathe; watching the same one again keeps what is there. */
  watch(latheId: string): void {
    if (latheId === this.latheId) return;
    this.latheId = latheId;
    this.ring.clear();
  }

  onTick(slot: number, ticks: TickBuffer): void {
    if (this.latheId === undefined || ticks.slotOf(this.latheId) !== slot) return;
    const start = slot * CHANNEL_COUNT;
    this.ring.push(
      (ticks.latestTimeMs[slot] as number) / 1000,
      (channel) => ticks.latest[start + channel] ?? Number.NaN,
    );
  }

  /** Puts stored samples before what was recorded live. `sample(row, channel)` gives a value, NaN where unknown. */
  prepend(timesS: readonly number[], sample: (row: number, channel: number) => number): void {
    const live = this.ring;
    const firstLiveS = live.times()[0] ?? Number.POSITIVE_INFINITY;
    this.ring = new TraceRing(SAMPLES, CHANNEL_COUNT);
    timesS.forEach((timeS, row) => {
      if (timeS < firstLiveS) this.ring.push(timeS, (channel) => sample(row, channel));
    });
    live.times().forEach((timeS, row) => {
      this.ring.push(timeS, (channel) => live.column(channel)[row] ?? Number.NaN);
    });
  }
}
