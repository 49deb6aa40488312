import type { LimitName, Optimum, SpeedSweep, SweepPoint } from '../contract/what-if.js';
import type { Pass } from '../machining/pass.js';
import { passesOf, planPass } from '../machining/passes.js';
import type { JobPlan } from '../machining/plan.js';
import { planSpindle } from '../machining/plan-spindle.js';
import { Problems } from '../machining/problems.js';
import { cuttingSpeed } from '../machining/spindle.js';
import type { Economics } from './economics.js';
import { partCost } from './part-cost.js';
import { meanLifeMin, partFigures } from './part-figures.js';
import { planLimits } from './plan-limits.js';

const POINTS = 64;
/** Speeds that the tool-life equation is calibrated for, per that of 15 min of life with coated carbide. */
const CALIBRATED = { low: 0.1, high: 3 };
/** Range of the request, m/min. */
const ALLOWED = { low: 0.5, high: 2000 };
/** How far the sweep goes on beyond the greatest spindle speed, so that the limit is seen. */
const BEYOND_LIMIT = 1.15;
/** Steps of the search between two swept speeds; each leaves a golden part of the interval. */
const SEARCH_STEPS = 14;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Distance at which it is asked what keeps an optimum from being better. */
const NEXT_DOOR = 1.005;

type Goal = 'costPerPart' | 'timePerPart';

/**
 * Cost and time of a part over cutting speed with all else as planned, and the best speeds that machine, tool and work bear:
 * that of minimum cost and that of maximum production. Found by searching the whole model, of which Taylor's closed formulas
 * are the special case of one diameter and no limit.
 * @returns null for knurling, whose wheels last as long at any speed
 */
export function sweepSpeeds(plan: JobPlan, economics: Economics, airK: number): SpeedSweep | null {
  if (plan.cut.jobType === 'knurling') return null;
  const passes = passesOf(plan);
  const range = speedRange(plan, passes[0]!);
  const pointAt = (speed: number) => sweepPoint(planAtSpeed(plan, speed), passes, economics, airK);
  const ratio = range.high / range.low;
  const points = Array.from({ length: POINTS }, (_, i) => pointAt(range.low * ratio ** (i / (POINTS - 1))));
  const best = (goal: Goal) => optimum(points, goal, pointAt);
  return { points, minimumCost: best('costPerPart'), maximumProduction: best('timePerPart') };
}

/** The plan at another cutting speed; problems of the feed rate are left to its limits. */
export function planAtSpeed(plan: JobPlan, speed: number): JobPlan {
  const { cut, parameters, material, tool, machine } = plan;
  const { rpm: _, ...given } = parameters;
  const feedMm = 'feedMm' in cut ? cut.feedMm : cut.pitchMm;
  const { diameterMm } = planPass(plan, 1);
  const at = { ...given, cuttingSpeed: speed };
  const spindle = planSpindle(cut.jobType, at, diameterMm, feedMm, material, tool, machine, new Problems());
  return { ...plan, spindle, parameters: at };
}

function speedRange(plan: JobPlan, first: Pass): { low: number; high: number } {
  const reference = plan.material.speed15 * (plan.tool.speedFactor ?? 1);
  const fastest = cuttingSpeed(first.diameterMm, plan.spindle.maxRpm) * BEYOND_LIMIT;
  const high = Math.min(ALLOWED.high, CALIBRATED.high * reference, fastest);
  return { low: Math.min(high / 4, Math.max(ALLOWED.low, CALIBRATED.low * reference)), high };
}

function sweepPoint(plan: JobPlan, passes: Pass[], economics: Economics, airK: number): SweepPoint {
  const figures = partFigures(plan, airK, passes);
  const part = partCost(plan, figures, economics);
  return {
    cuttingSpeed: plan.parameters.cuttingSpeed!,
    spindleSpeed: plan.spindle.rpm,
    toolLife: meanLifeMin(figures),
    timePerPart: part.time,
    partsPerHour: 3600 / part.time,
    energyPerPart: part.energy,
    costPerPart: part.cost,
    limit: planLimits(plan, figures, passes).broken[0] ?? null,
  };
}

/** The best feasible speed: the best swept one, refined between its neighbours by golden section. */
function optimum(points: SweepPoint[], goal: Goal, pointAt: (speed: number) => SweepPoint): Optimum | null {
  const worth = (point: SweepPoint) => (point.limit === null ? point[goal] : Number.POSITIVE_INFINITY);
  let best = points.reduce((found, point) => (worth(point) < worth(found) ? point : found));
  if (best.limit !== null) return null;
  const at = points.indexOf(best);
  let low = (points[at - 1] ?? best).cuttingSpeed;
  let high = (points[at + 1] ?? best).cuttingSpeed;
  let left = pointAt(high - GOLDEN * (high - low));
  let right = pointAt(low + GOLDEN * (high - low));
  for (let step = 0; step < SEARCH_STEPS; step++) {
    for (const point of [left, right]) if (worth(point) < worth(best)) best = point;
    const bothOut = left.limit !== null && right.limit !== null;
    if (bothOut ? best.cuttingSpeed < left.cuttingSpeed : worth(left) < worth(right)) {
      high = right.cuttingSpeed;
      right = left;
      left = pointAt(high - GOLDEN * (high - low));
    } else {
      low = left.cuttingSpeed;
      left = right;
      right = pointAt(low + GOLDEN * (high - low));
    }
  }
  return { ...best, boundBy: boundBy(best, points, goal, pointAt) };
}

/** What keeps a better speed next door out of reach. */
function boundBy(
  best: SweepPoint,
  points: SweepPoint[],
  goal: Goal,
  pointAt: (speed: number) => SweepPoint,
): LimitName | 'calibratedRange' | null {
  for (const factor of [NEXT_DOOR, 1 / NEXT_DOOR]) {
    const speed = best.cuttingSpeed * factor;
    const next = pointAt(speed);
    if (next.limit === 'spindleSpeed' && factor > 1) return 'spindleSpeed';
    if (next[goal] >= best[goal]) continue;
    if (next.limit !== null) return next.limit;
    if (speed > points.at(-1)!.cuttingSpeed || speed < points[0]!.cuttingSpeed) return 'calibratedRange';
  }
  return null;
}
