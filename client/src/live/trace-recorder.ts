import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import type { TickBuffer } from './tick-buffer';
import { TraceRing } from './trace-ring';

/** Two minutes at 20 Hz; at lower rates the ring reaches further back. */
const SAMPLES = 2400;

/** Keeps the recent past of the one lathe that is being watched, every channel. */
export class TraceRecorder {
  readonly ring = new TraceRing(SAMPLES, CHANNEL_COUNT);
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
}
