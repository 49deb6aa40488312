import { beforeEach, describe, expect, it } from '@jest/globals';
import { FrameReader } from './frame-reader';
import { frameOf } from './testing/frame-of';
import { TickBuffer } from './tick-buffer';

describe('FrameReader', () => {
  let ticks: TickBuffer;
  let reader: FrameReader;

  beforeEach(() => {
    ticks = new TickBuffer();
    ticks.setFleet([
      { index: 0, id: 'lathe-1' },
      { index: 1, id: 'lathe-2' },
    ]);
    reader = new FrameReader(ticks);
    reader.follow(7);
  });

  it('puts each record into the slot of its lathe and keeps the tick before', () => {
    reader.read(frameOf({ sequence: 1, records: [{ index: 1, timeMs: 1000, rpm: 500 }] }), 11);
    reader.read(frameOf({ sequence: 2, records: [{ index: 1, timeMs: 1100, rpm: 600, status: 1, flags: 2 }] }), 12);
    expect(ticks.value(ticks.slotOf('lathe-2'), 'rpm')).toBe(600);
    expect(ticks.previous[1 * (ticks.latest.length / 2)]).toBe(500);
    expect([ticks.previousTimeMs[1], ticks.latestTimeMs[1], ticks.receivedAtMs[1]]).toEqual([1000, 1100, 12]);
    expect([ticks.status[1], ticks.flags[1]]).toEqual([1, 2]);
    expect(ticks.value(0, 'rpm')).toBeNaN();
  });

  it('does not lose the tick before when a keyframe repeats the newest one', () => {
    reader.read(frameOf({ sequence: 1, records: [{ index: 0, timeMs: 1000, rpm: 500 }] }), 1);
    reader.read(frameOf({ sequence: 2, records: [{ index: 0, timeMs: 1100, rpm: 600 }] }), 2);
    reader.read(frameOf({ sequence: 2, kind: 2, records: [{ index: 0, timeMs: 1100, rpm: 600 }] }), 3);
    expect([ticks.previousTimeMs[0], ticks.latestTimeMs[0]]).toEqual([1000, 1100]);
  });

  it('counts the frames it was spared', () => {
    for (const sequence of [4, 5, 9, 10]) reader.read(frameOf({ sequence }), 1);
    expect(reader.sparedFrames).toBe(3);
  });

  it('drops older frames and those of another topic', () => {
    expect(reader.read(frameOf({ sequence: 5 }), 1)).toBe(true);
    expect(reader.read(frameOf({ sequence: 4 }), 1)).toBe(false);
    expect(reader.read(frameOf({ sequence: 6, topic: 8 }), 1)).toBe(false);
    expect(reader.sequence).toBe(5);
  });

  it('starts counting anew with a new epoch', () => {
    reader.read(frameOf({ sequence: 900, epoch: 1 }), 1);
    expect(reader.read(frameOf({ sequence: 3, epoch: 2 }), 1)).toBe(true);
    expect([reader.sequence, reader.sparedFrames]).toEqual([3, 0]);
  });

  it('refuses bytes that are no frame, and ignores lathes it has no room for', () => {
    expect(reader.read(new ArrayBuffer(8), 1)).toBe(false);
    const cut = frameOf({ sequence: 1, records: [{ index: 0, timeMs: 1, rpm: 1 }] }).slice(0, 60);
    expect(reader.read(cut, 1)).toBe(false);
    expect(reader.read(frameOf({ sequence: 2, records: [{ index: 5, timeMs: 1, rpm: 1 }] }), 1)).toBe(true);
    expect(ticks.capacity).toBe(2);
  });
});
