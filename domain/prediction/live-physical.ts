import { failureModes, HORIZON_MIN, toolFailureProbability } from '../machining/failure.js';
import type { MachineState } from '../machining/machine-state.js';
import { activeTool } from '../machining/tool-state.js';
import { shapleyValues } from './live-shapley.js';

/** Life scatters from tool to tool by 15 % (lognormal); the interval holds four of five. */
const LIFE_SCATTER = Math.exp(0.15 * 1.2816);
const WEIBULL_SCALE = 1.1;

/** A part of the machine that may fail, and the reading that tells how near it is. */
export interface PhysicalReason {
  feature: keyof ReturnType<typeof failureModes>;
  label: string;
  value: number;
  reading: string;
  unit: string;
  contribution: number;
}

export interface PhysicalPrediction {
  probability: number;
  interval: [number, number];
  modes: Record<string, number>;
  /** cutting minutes; null before the tool's first cut */
  remaining: { p10: number; p50: number; p90: number } | null;
  reasons: PhysicalReason[];
}

/** Modes of the physical hazard in the words of people. */
export const PHYSICAL_MODES = {
  tool: 'tool worn out or broken',
  bearing: 'spindle bearing',
  overload: 'spindle overloaded',
  heat: 'spindle overheated',
  random: 'sudden failure without warning',
} as const;

/** The hazard of the physical model within the next ten minutes of cutting, with its parts. */
export function physicalPrediction(machine: MachineState): PhysicalPrediction {
  const tool = activeTool(machine);
  const { cut, nodes, bearingWear } = machine;
  const load = cut.availableTorqueNm > 0 ? cut.spindleTorqueNm / cut.availableTorqueNm : 0;
  const hazards = (lifeUsed: number, lifeMin: number) =>
    failureModes(lifeUsed, lifeMin, tool.broken, bearingWear, load, nodes.spindle);
  const modes = hazards(tool.lifeUsed, tool.lifeMin);
  const parts = Object.values(modes);
  const contributions = shapleyValues(parts.length, (coalition) => anyOf(parts.filter((_, i) => coalition & (1 << i))));
  const longer = hazards(tool.lifeUsed / LIFE_SCATTER, tool.lifeMin * LIFE_SCATTER);
  const shorter = hazards(tool.lifeUsed * LIFE_SCATTER, tool.lifeMin / LIFE_SCATTER);
  const readings: Record<keyof typeof modes, [value: number, reading: string, unit: string]> = {
    tool: [tool.lifeUsed, 'tool life used', '1'],
    bearing: [bearingWear, 'bearing wear', '1'],
    overload: [load, 'torque per available torque', '1'],
    heat: [nodes.spindle - 273.15, 'spindle temperature', '°C'],
    random: [HORIZON_MIN, 'cutting time ahead', 'min'],
  };
  return {
    probability: anyOf(parts),
    interval: [anyOf(Object.values(longer)), anyOf(Object.values(shorter))],
    modes: { ...modes },
    remaining: remainingLife(tool.lifeUsed, tool.lifeMin, tool.broken),
    reasons: Object.keys(modes).map((name, i) => {
      const feature = name as keyof typeof modes;
      const [value, reading, unit] = readings[feature];
      return { feature, label: PHYSICAL_MODES[feature], value, reading, unit, contribution: contributions[i]! };
    }),
  };
}

/** Minutes of cutting until the tool's Weibull hazard has struck with that probability. */
export function remainingLife(lifeUsed: number, lifeMin: number, broken: boolean): PhysicalPrediction['remaining'] {
  if (broken) return { p10: 0, p50: 0, p90: 0 };
  if (!(lifeMin > 0)) return null;
  const endured = (lifeUsed / WEIBULL_SCALE) ** 4;
  const at = (probability: number) =>
    Math.max(0, WEIBULL_SCALE * (endured - Math.log(1 - probability)) ** 0.25 - lifeUsed) * lifeMin;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

/** What a new tool would bring the risk to; null where the tool is not what threatens. */
export function riskWithNewTool(prediction: PhysicalPrediction, lifeMin: number): number | null {
  if (!(lifeMin > 0)) return null;
  const fresh = { ...prediction.modes, tool: toolFailureProbability(0, lifeMin) };
  const risk = anyOf(Object.values(fresh));
  return risk < prediction.probability ? risk : null;
}

/** 1 - Π(1 - p) */
function anyOf(probabilities: readonly number[]): number {
  let spared = 1;
  for (const p of probabilities) spared *= 1 - p;
  return 1 - spared;
}
