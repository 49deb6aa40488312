import { describe, expect, it } from '@jest/globals';
import { CELL_BYTES, PROFILE_CELLS, WorkpieceProfiles } from './workpiece-profile';

function loaded(): WorkpieceProfiles {
  const profiles = new WorkpieceProfiles(2);
  profiles.reset(1, { radius: 30, length: 128, boreRadius: 0 });
  return profiles;
}

const cell = (profiles: WorkpieceProfiles, index: number, byte: number) =>
  profiles.cells[(PROFILE_CELLS + index) * CELL_BYTES + byte];

describe('WorkpieceProfiles', () => {
  it('starts as a plain bar', () => {
    expect(loaded().radiusAt(1, 64)).toBeCloseTo(30, 6);
  });

  it('takes material only where the tool has been', () => {
    const profiles = loaded();
    profiles.turnDown(1, 64, 128, 25);
    expect(profiles.radiusAt(1, 100)).toBeCloseTo(25, 0);
    expect(profiles.radiusAt(1, 66)).toBeCloseTo(25, 0);
    expect(profiles.radiusAt(1, 60)).toBeCloseTo(30, 6);
  });

  it('never gives material back', () => {
    const profiles = loaded();
    profiles.turnDown(1, 64, 128, 20);
    profiles.turnDown(1, 0, 128, 28);
    expect(profiles.radiusAt(1, 100)).toBeCloseTo(20, 0);
    expect(profiles.radiusAt(1, 10)).toBeCloseTo(28, 0);
  });

  it('tells what was machined from what was delivered', () => {
    const profiles = loaded();
    profiles.turnDown(1, 64, 128, 25);
    expect(cell(profiles, 60, 3)).toBe(255);
    expect(cell(profiles, 3, 3)).toBe(0);
  });

  it('opens a bore from the free end to the depth reached', () => {
    const profiles = loaded();
    profiles.openBore(1, 98, 5);
    expect(cell(profiles, 63, 1)).toBe(Math.round((255 * 5) / 30));
    expect(cell(profiles, 10, 1)).toBe(0);
    expect(profiles.radiusAt(1, 120)).toBeCloseTo(30, 6);
  });

  it('asks for an upload only when something changed', () => {
    const profiles = loaded();
    profiles.turnDown(1, 64, 128, 25);
    const { revision } = profiles;
    profiles.turnDown(1, 64, 128, 25);
    expect(profiles.revision).toBe(revision);
  });
});
