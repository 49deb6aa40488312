import { HISTORY_INPUTS } from './histories-layout.js';

/** What the machine shows at the moment, to put shares of limits into units; null: unknown or without meaning. */
export interface PresentCut {
  torqueNm: number | null;
  cuttingSpeedMPerMin: number | null;
  /** Taylor exponent n of the tool */
  taylorN: number | null;
}

/** One change and how much of it: `row` is what the model would be told. */
interface Change {
  row: Float64Array;
  words: (risk: string) => string;
}

/** Risk that is worth a change, and the one that a change should lead to. */
const WORTH_A_CHANGE = 0.05;
/** Steps between hardly any change and half of the quantity. */
const STEPS = 12;
const LEAST_SHARE = 0.5;

const at = (name: string): number => HISTORY_INPUTS.findIndex((input) => input.name === name);
const LIFE_USED = at('lifeUsed');
const PACE = at('wearPace');
const EXPECTED_LIFE = at('expectedLife');
const TORQUE = at('torqueShare');
const FORCE = at('forceShare');
const RATIO = at('loadRatio');
const VIBRATION = at('vibration');

/**
 * The smallest change of each kind that brings the risk under 5 %; where none does, the one that does most is told with what it
 * leads to.
 * @param row - inputs in the order of HISTORY_INPUTS
 * @param risk - what the model says of that row
 * @param predict - probability of each row
 * @returns at most three sentences; none while the risk is below 5 %
 */
export function adviseAgainst(
  row: ArrayLike<number>,
  risk: number,
  present: PresentCut,
  predict: (rows: readonly Float64Array[]) => ArrayLike<number>,
): string[] {
  if (risk < WORTH_A_CHANGE) return [];
  const kinds = [newTool(row), slower(row, present), lighter(row, present), calmer(row)].filter(
    (changes) => changes.length > 0,
  );
  const risks = predict(kinds.flatMap((changes) => changes.map((change) => change.row)));
  const enough: string[] = [];
  const partial: { risk: number; words: string }[] = [];
  let from = 0;
  for (const changes of kinds) {
    const own = Array.from(changes, (_, i) => risks[from + i]!);
    from += changes.length;
    // "below" is a promise for all that lies below: a step counts with the worst of those behind it
    const worst = own.map((_, i) => Math.max(...own.slice(i)));
    const first = worst.findIndex((each) => each < WORTH_A_CHANGE);
    if (first >= 0) {
      enough.push(changes[first]!.words(`under ${WORTH_A_CHANGE * 100} %`));
      continue;
    }
    const least = worst.at(-1)!;
    if (least < 0.7 * risk) {
      partial.push({ risk: least, words: changes[worst.indexOf(least)]!.words(`to ${percent(least)}`) });
    }
  }
  partial.sort((a, b) => a.risk - b.risk);
  return [...enough, ...partial.map(({ words }) => words)].slice(0, 3);
}

function newTool(row: ArrayLike<number>): Change[] {
  const changed = Float64Array.from(row);
  changed[LIFE_USED] = 0.02;
  changed[PACE] = 1;
  return [{ row: changed, words: (risk) => `A new tool brings the risk ${risk}.` }];
}

/** Taylor: life grows with the 1/n-th power of the slowing down. */
function slower(row: ArrayLike<number>, { cuttingSpeedMPerMin, taylorN }: PresentCut): Change[] {
  if (cuttingSpeedMPerMin === null || taylorN === null || cuttingSpeedMPerMin * LEAST_SHARE < 1) return [];
  return shares().map((share) => {
    const changed = Float64Array.from(row);
    changed[EXPECTED_LIFE] = row[EXPECTED_LIFE]! * share ** (-1 / taylorN);
    const speed = Math.floor(share * cuttingSpeedMPerMin);
    return { row: changed, words: (risk) => `Cutting speed below ${speed} m/min brings the risk ${risk}.` };
  });
}

function lighter(row: ArrayLike<number>, { torqueNm }: PresentCut): Change[] {
  if (torqueNm === null || torqueNm * LEAST_SHARE < 1) return [];
  return shares().map((share) => {
    const changed = Float64Array.from(row);
    changed[TORQUE] = row[TORQUE]! * share;
    changed[FORCE] = row[FORCE]! * share;
    changed[RATIO] = Math.max(1, row[RATIO]! * share);
    const torque = Math.floor(share * torqueNm);
    return {
      row: changed,
      words: (risk) => `Torque below ${torque} N·m (less feed or depth of cut) brings the risk ${risk}.`,
    };
  });
}

function calmer(row: ArrayLike<number>): Change[] {
  if (row[VIBRATION]! * LEAST_SHARE < 0.1) return [];
  return shares().map((share) => {
    const changed = Float64Array.from(row);
    changed[VIBRATION] = row[VIBRATION]! * share;
    return {
      row: changed,
      words: (risk) => `Vibration below ${changed[VIBRATION]!.toFixed(1)} mm/s brings the risk ${risk}.`,
    };
  });
}

function shares(): number[] {
  return Array.from({ length: STEPS }, (_, i) => 1 - ((i + 1) / STEPS) * (1 - LEAST_SHARE));
}

function percent(risk: number): string {
  return `${(100 * risk).toFixed(risk < 0.1 ? 1 : 0)} %`;
}
