import { describe, expect, it } from '@jest/globals';
import { HISTORY_INPUTS } from './histories-layout.js';
import { adviseAgainst, type PresentCut } from './live-advice.js';

const at = (name: string) => HISTORY_INPUTS.findIndex((input) => input.name === name);
const present: PresentCut = { torqueNm: 80, cuttingSpeedMPerMin: 200, taylorN: 0.25 };

function rowWith(values: Record<string, number>): Float64Array {
  const row = new Float64Array(HISTORY_INPUTS.length).fill(1);
  for (const [name, value] of Object.entries(values)) row[at(name)] = value;
  return row;
}

describe('advice', () => {
  it('is silent while the risk is low', () => {
    expect(adviseAgainst(rowWith({}), 0.04, present, () => [])).toEqual([]);
  });

  it('names the smallest change that is enough', () => {
    const riskOf = (row: ArrayLike<number>) => (row[at('torqueShare')]! > 0.61 ? 0.8 : 0.01);
    const row = rowWith({ torqueShare: 0.8, vibration: 2 });
    const words = adviseAgainst(row, 0.8, present, (rows) => rows.map(riskOf));
    // 0.8 · (1 - 6/24) = 0.6 is the first step below 0.61; 80 N·m · 0.75
    expect(words).toEqual(['Torque below 60 N·m (less feed or depth of cut) brings the risk under 5 %.']);
  });

  it('turns tool life into cutting speed by Taylor', () => {
    const riskOf = (row: ArrayLike<number>) => (row[at('expectedLife')]! < 15 ? 0.5 : 0.02);
    const words = adviseAgainst(rowWith({ expectedLife: 10 }), 0.5, present, (rows) => rows.map(riskOf));
    // (1 - 3/24)^-4 = 1.706 is the first to give 15 min; 200 m/min · 0.875
    expect(words).toEqual(['Cutting speed below 175 m/min brings the risk under 5 %.']);
  });

  it('tells what a change leads to where none is enough', () => {
    const riskOf = (row: ArrayLike<number>) => (row[at('lifeUsed')]! < 0.1 ? 0.3 : 0.9);
    const words = adviseAgainst(rowWith({ lifeUsed: 0.9 }), 0.9, present, (rows) => rows.map(riskOf));
    expect(words).toEqual(['A new tool brings the risk to 30 %.']);
  });

  it('passes over a step behind which the risk comes back', () => {
    const riskOf = (row: ArrayLike<number>) => {
      const share = row[at('torqueShare')]!;
      return share > 0.9 || (share < 0.8 && share > 0.7) ? 0.8 : 0.01;
    };
    const words = adviseAgainst(rowWith({}), 0.8, present, (rows) => rows.map(riskOf));
    // 1 - 8/24 = 0.667 is the first step with none above 5 % behind it; 80 N·m · 0.667
    expect(words).toEqual(['Torque below 53 N·m (less feed or depth of cut) brings the risk under 5 %.']);
  });

  it('asks for nothing that would be told as zero', () => {
    const idle = { torqueNm: 1.2, cuttingSpeedMPerMin: 1.5, taylorN: 0.25 };
    const words = adviseAgainst(rowWith({ vibration: 0.1 }), 0.9, idle, (rows) => rows.map(() => 0.01));
    expect(words).toEqual(['A new tool brings the risk under 5 %.']);
  });

  it('does without readings that are unknown', () => {
    const unknown = { torqueNm: null, cuttingSpeedMPerMin: null, taylorN: null };
    expect(adviseAgainst(rowWith({}), 0.9, unknown, (rows) => rows.map(() => 0.01))).toHaveLength(2);
  });
});
