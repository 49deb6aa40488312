import { describe, expect, it } from '@jest/globals';
import { CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { FrameReader } from './frame-reader';
import { frameOf } from './testing/frame-of';
import { TickBuffer } from './tick-buffer';
import { TraceRecorder } from './trace-recorder';

const recording = () => {
  const ticks = new TickBuffer();
  ticks.setFleet([
    { index: 0, id: 'lathe-1' },
    { index: 1, id: 'lathe-2' },
  ]);
  const reader = new FrameReader(ticks);
  const recorder = new TraceRecorder();
  reader.onTick = (slot, buffer) => recorder.onTick(slot, buffer);
  let sequence = 0;
  const tick = (timeMs: number) =>
    reader.read(
      frameOf({
        sequence: ++sequence,
        records: [
          { index: 0, timeMs, rpm: timeMs / 10 },
          { index: 1, timeMs, rpm: 1 },
        ],
      }),
      0,
    );
  return { recorder, tick };
};

describe('TraceRecorder', () => {
  it('records the watched lathe alone, and starts anew with another', () => {
    const { recorder, tick } = recording();
    tick(1000);
    recorder.watch('lathe-1');
    tick(2000);
    tick(3000);
    expect([...recorder.ring.times()]).toEqual([2, 3]);
    expect([...recorder.ring.column(CHANNEL_INDEX.rpm)]).toEqual([200, 300]);
    recorder.watch('lathe-2');
    expect(recorder.ring.length).toBe(0);
  });

  it('puts the stored past before the live values without doubling any', () => {
    const { recorder, tick } = recording();
    recorder.watch('lathe-1');
    tick(10_000);
    tick(11_000);
    recorder.prepend([5, 9, 10, 12], (row) => row);
    expect([...recorder.ring.times()]).toEqual([5, 9, 10, 11]);
    expect([...recorder.ring.column(CHANNEL_INDEX.rpm)]).toEqual([0, 1, 1000, 1100]);
    tick(12_000);
    expect(recorder.ring.newestS).toBe(12);
  });
});
