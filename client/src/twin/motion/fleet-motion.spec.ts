import { beforeEach, describe, expect, it } from '@jest/globals';
import { LATHE_STATUSES } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { CHANNEL_COUNT, CHANNEL_INDEX, type ChannelName } from '#domain/telemetry/channels.js';
import type { SceneJob } from '../../live/scene-store';
import { TickBuffer } from '../../live/tick-buffer';
import { FleetMotion, TRAIT_FLOATS } from './fleet-motion';

const JOB: SceneJob = {
  JobID: 'J1',
  JobType: 'turning',
  Material: 'Brass',
  ToolNo: 1,
  parameters: { diameter: 60, endDiameter: 50, length: 100 },
};
const LATHE = { id: 'lathe-1', index: 0, position: { x: 2, z: -3 }, healthBand: 'unknown' } as LatheDto;
const EPOCH = 1_700_000_000_000;

describe('FleetMotion', () => {
  let ticks: TickBuffer;
  let motion: FleetMotion;
  let pageMs: number;

  /** One tick of 100 ms: writes it, then draws frames of 20 ms until the next is due. */
  function tick(
    values: Partial<Record<ChannelName, number>>,
    status: (typeof LATHE_STATUSES)[number] = 'running',
  ): void {
    ticks.previous.set(ticks.latest);
    ticks.previousTimeMs[0] = ticks.latestTimeMs[0] ?? 0;
    ticks.latest.fill(Number.NaN, 0, CHANNEL_COUNT);
    for (const [name, value] of Object.entries(values)) ticks.latest[CHANNEL_INDEX[name as ChannelName]] = value;
    ticks.latestTimeMs[0] = EPOCH + pageMs;
    ticks.receivedAtMs[0] = EPOCH + pageMs;
    ticks.status[0] = LATHE_STATUSES.indexOf(status);
    frames(5);
  }

  function frames(count: number): void {
    for (let i = 0; i < count; i++) {
      motion.advance(pageMs);
      pageMs += 20;
    }
  }

  beforeEach(() => {
    pageMs = 0;
    ticks = new TickBuffer();
    ticks.setFleet([{ index: 0, id: 'lathe-1' }]);
    motion = new FleetMotion(ticks);
    motion.setFleet([LATHE], { 'lathe-1': JOB });
  });

  it('draws the pose between ticks, within a hair of the data', () => {
    for (let i = 0; i < 20; i++)
      tick({ rpm: 1000, x: 56, z: 120 - i, cuttingForce: 900, workDiameter: 60, health: 0.9 });
    const { z, x, workDiameter, health } = motion.poseOf(0);
    // newest tick z = 101 at 80 ms ago; shown 150 ms before now: 0.7 mm further back
    expect(z).toBeGreaterThan(101);
    expect(z).toBeLessThan(102.2);
    expect(x).toBeCloseTo(56, 6);
    expect(workDiameter).toBeCloseTo(60, 6);
    expect(health).toBeCloseTo(0.9, 6);
  });

  it('turns the spindle by the integral of its speed', () => {
    for (let i = 0; i < 10; i++) tick({ rpm: 600, x: 70, z: 130 });
    const before = motion.poseOf(0).spindleAngle;
    for (let i = 0; i < 10; i++) tick({ rpm: 600, x: 70, z: 130 });
    expect(motion.poseOf(0).spindleAngle - before).toBeCloseTo(10 * 2 * Math.PI, 1);
  });

  it('shrinks the workpiece behind the tool only', () => {
    for (let i = 0; i < 60; i++) tick({ rpm: 1000, x: 56, z: 120 - i, cuttingForce: 900, workDiameter: 60 });
    expect(motion.profiles.radiusAt(0, 110)).toBeCloseTo(28, 0);
    expect(motion.profiles.radiusAt(0, 40)).toBeCloseTo(30, 6);
  });

  it('does not cut on the way through the air', () => {
    for (let i = 0; i < 60; i++) tick({ rpm: 1000, x: 50, z: 120 - i, cuttingForce: 0 });
    expect(motion.profiles.radiusAt(0, 110)).toBeCloseTo(30, 6);
  });

  it('puts a new part in the chuck when the spindle stops for the change', () => {
    for (let i = 0; i < 30; i++) tick({ rpm: 1000, x: 56, z: 120 - i, cuttingForce: 900, workDiameter: 60 });
    for (let i = 0; i < 4; i++) tick({ rpm: 0, x: 210, z: 270, cuttingForce: 0, workDiameter: 60 });
    expect(motion.profiles.radiusAt(0, 110)).toBeCloseTo(30, 6);
  });

  it('keeps the finished part while the lathe is idle', () => {
    for (let i = 0; i < 30; i++) tick({ rpm: 1000, x: 56, z: 120 - i, cuttingForce: 900, workDiameter: 60 });
    motion.setFleet([LATHE], {});
    for (let i = 0; i < 4; i++) tick({ rpm: 0, cuttingForce: 0 }, 'idle');
    expect(motion.profiles.radiusAt(0, 110)).toBeCloseTo(28, 0);
  });

  it('knows what earlier passes took when it joins in the middle of a part', () => {
    for (let i = 0; i < 5; i++) tick({ rpm: 1000, x: 52, z: 60 - i, cuttingForce: 900, workDiameter: 56 });
    expect(motion.profiles.radiusAt(0, 100)).toBeCloseTo(26, 0);
    expect(motion.profiles.radiusAt(0, 40)).toBeCloseTo(28, 0);
    expect(motion.profiles.radiusAt(0, 10)).toBeCloseTo(30, 6);
  });

  it('knows how far earlier passes opened a bore that it sees in the middle', () => {
    const parameters = { diameter: 40, endDiameter: 46, depthOfCut: 1, length: 60 };
    motion.setFleet([LATHE], { 'lathe-1': { ...JOB, JobID: 'J2', JobType: 'boring', ToolNo: 4, parameters } });
    for (let i = 0; i < 5; i++) tick({ rpm: 1000, x: 46, z: 60 - i, cuttingForce: 900, workDiameter: 46 });
    expect(motion.profiles.boreAt(0, 70)).toBeCloseTo(23, 0);
    expect(motion.profiles.boreAt(0, 40)).toBeCloseTo(22, 0);
    expect(motion.profiles.boreAt(0, 10)).toBeCloseTo(20, 0);
  });

  it('sees the passes before in a thread that it joins late', () => {
    const parameters = { diameter: 20, pitch: 2.5, length: 30, passes: 9, side: 'external' as const };
    motion.setFleet([LATHE], { 'lathe-1': { ...JOB, JobID: 'J3', JobType: 'threading', ToolNo: 5, parameters } });
    const depth = 0.613 * 2.5 * Math.sqrt(4 / 9);
    for (let i = 0; i < 5; i++) tick({ rpm: 600, x: 20 - 2 * depth, z: 40 - i, cuttingForce: 900, workDiameter: 20 });
    expect(motion.profiles.patternAt(0, 45)).toBeCloseTo(Math.sqrt(4 / 9), 1);
    expect(motion.profiles.patternAt(0, 25)).toBeCloseTo(Math.sqrt(3 / 9), 1);
    expect(motion.profiles.patternAt(0, 10)).toBe(0);
  });

  it('looks stale after silence and fresh again with the next tick', () => {
    for (let i = 0; i < 5; i++) tick({ rpm: 1000, x: 56, z: 90, health: 0.9 });
    expect(motion.isStale(0)).toBe(false);
    frames(30);
    expect(motion.isStale(0)).toBe(true);
    tick({ rpm: 1000, x: 56, z: 90, health: 0.9 });
    expect(motion.isStale(0)).toBe(false);
  });

  it('does not call a resting lathe stale whose records go on with an old tick', () => {
    tick({ rpm: 0 }, 'idle');
    for (let i = 0; i < 10; i++) {
      ticks.receivedAtMs[0] = EPOCH + pageMs;
      frames(5);
    }
    expect(motion.isStale(0)).toBe(false);
  });

  it('takes the health that the API told where the stream has none', () => {
    motion.setFleet([{ ...LATHE, healthBand: 'watch' }], {});
    tick({ rpm: 0 }, 'idle');
    expect(motion.bandOf(0)).toBe(1);
  });

  it('shows health by its band and lights the beacon only for what is wrong', () => {
    const shown = () => [motion.traits[4], motion.traits[5]];
    tick({ rpm: 0, health: 0.9 }, 'idle');
    expect(shown()).toEqual([0, 0]);
    tick({ rpm: 0, health: 0.5 }, 'idle');
    expect(shown()).toEqual([1, 1]);
    tick({ rpm: 0, health: 0.1 }, 'idle');
    expect(shown()).toEqual([3, 2]);
    tick({ rpm: 0 }, 'idle');
    expect(shown()).toEqual([4, 0]);
  });

  it('marks the part that a prediction points at, and no other', () => {
    const marked = () => [...motion.traits.subarray(16, 18)];
    motion.setFeared({ [LATHE.id]: { part: 'tool', band: 'critical' } });
    expect(marked()).toEqual([1, 3]);
    const { traitRevision } = motion;
    motion.setFeared({ [LATHE.id]: { part: 'tool', band: 'critical' } });
    expect(motion.traitRevision).toBe(traitRevision);
    motion.setFleet([LATHE, { ...LATHE, id: 'lathe-500', index: 499 }], {}); // new tables
    expect(marked()).toEqual([1, 3]);
    motion.setFeared({});
    expect(marked()).toEqual([0, 0]);
  });

  it('comes to rest when nothing moves', () => {
    for (let i = 0; i < 40; i++) tick({ rpm: 0, x: 200, z: 300, health: 0.9 }, 'idle');
    expect(motion.moving).toBe(false);
    const { traitRevision } = motion;
    tick({ rpm: 0, x: 200, z: 300, health: 0.9 }, 'idle');
    expect(motion.moving).toBe(false);
    expect(motion.traitRevision).toBe(traitRevision);
  });

  it('steps frozen time and turns the spindle by it', () => {
    for (let i = 0; i < 10; i++) tick({ rpm: 600, x: 70, z: 130 });
    const before = motion.poseOf(0).spindleAngle;
    motion.step(100);
    expect(motion.poseOf(0).spindleAngle - before).toBeCloseTo(2 * Math.PI, 2);
  });

  it('stops turning when nothing more is known', () => {
    for (let i = 0; i < 10; i++) tick({ rpm: 600, x: 70, z: 130 });
    frames(40);
    const { spindleAngle } = motion.poseOf(0);
    frames(40);
    expect(motion.poseOf(0).spindleAngle).toBe(spindleAngle);
    expect(motion.moving).toBe(false);
  });

  it('stands where the floor plan says', () => {
    expect([...motion.traits.subarray(0, 2)]).toEqual([2, -3]);
    expect(motion.traits.length).toBe(TRAIT_FLOATS);
  });
});
