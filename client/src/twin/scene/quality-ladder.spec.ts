import { describe, expect, it } from '@jest/globals';
import { QualityLadder, tierOf } from './quality-ladder';

const spend = (ladder: QualityLadder, frameMs: number, frames: number) => {
  let changes = 0;
  for (let i = 0; i < frames; i++) if (ladder.note(frameMs)) changes++;
  return changes;
};

describe('tierOf', () => {
  it('knows renderers without a GPU by their names', () => {
    expect(tierOf('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)')).toBe('software');
    expect(tierOf('llvmpipe (LLVM 15.0.6, 256 bits)')).toBe('software');
    expect(tierOf('ANGLE (Intel, Mesa Intel(R) UHD Graphics 620)')).toBe('high');
  });
});

describe('QualityLadder', () => {
  it('stays at its best while frames are quick', () => {
    const ladder = new QualityLadder('high');
    expect(spend(ladder, 16.7, 1000)).toBe(0);
    expect(ladder.rung.pixelRatio).toBe(2);
  });

  it('steps down while frames are slow, to the last rung and no further', () => {
    const ladder = new QualityLadder('high');
    spend(ladder, 200, 1000);
    expect(ladder.rung.pixelRatio).toBe(0.75);
  });

  it('stops changing after a few changes to and fro', () => {
    const ladder = new QualityLadder('high');
    let changes = 0;
    for (let i = 0; i < 30; i++) changes += spend(ladder, i % 2 ? 5 : 60, 40);
    expect(changes).toBeLessThanOrEqual(6);
  });

  it('asks little of a computer without a GPU', () => {
    const { pixelRatio, framesPerSecond } = new QualityLadder('software').rung;
    expect(pixelRatio).toBeLessThanOrEqual(0.75);
    expect(framesPerSecond).toBeLessThanOrEqual(10);
  });
});
