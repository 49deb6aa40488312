import type { LimitName, PlanLimits } from '../contract/what-if.js';
import { SPINDLE_WARN_K } from '../machining/failure.js';
import { ZONE_LIMIT_SHARE } from '../machining/heat.js';
import { heaviestLoad, stableWidthMm, toolForceN } from '../machining/heaviest-load.js';
import { availableTorqueNm, radPerS } from '../machining/machine-limits.js';
import { passesOf } from '../machining/passes.js';
import type { JobPlan } from '../machining/plan.js';
import { WEAR_LIMIT_MM } from '../machining/tool-life.js';
import { SOFTENING_TEMPERATURE_K } from '../machining/tools.js';
import type { PartFigures } from './part-figures.js';

const TOLERANCE = 1 + 1e-9;

/**
 * What a part asks at most of machine, tool and work, and what these bear. Loads are those on an edge at its wear limit: a
 * speed is only good if it holds until the edge is changed.
 * @param passes - those of the plan, where they are known
 */
export function planLimits(plan: JobPlan, figures: PartFigures, passes = passesOf(plan)): PlanLimits {
  const heaviest = heaviestLoad(plan, WEAR_LIMIT_MM, passes);
  const { pass, load, spindleTorqueNm } = heaviest;
  const speed = radPerS(load.rpm);
  const torqueAvailable = availableTorqueNm(speed, plan.machine);
  const feedMm = 'feedMm' in plan.cut ? plan.cut.feedMm : plan.cut.pitchMm;
  const limits: PlanLimits = {
    load: {
      spindleSpeed: plan.spindle.requestedRpm,
      feedRate: load.rpm * feedMm,
      torque: spindleTorqueNm,
      power: spindleTorqueNm * speed,
      driveLoad: figures.driveLoad,
      cuttingForce: toolForceN(heaviest),
      chipWidth: pass.chipWidthMm,
      zoneTemperature: figures.zoneK,
    },
    maxSpindleSpeed: Math.min(plan.spindle.maxRpm, plan.machine.maxSpindleSpeedRpm),
    maxFeedRate: plan.machine.maxFeedMmPerMin,
    torqueAvailable,
    powerAvailable: torqueAvailable * speed,
    cuttingForce: plan.tool.forceLimit,
    chatterLimitWidth: stableWidthMm(plan, heaviest),
    softeningTemperature: SOFTENING_TEMPERATURE_K[plan.tool.kind],
    materialTemperature: ZONE_LIMIT_SHARE * plan.material.limitTemperature,
    flankWear: WEAR_LIMIT_MM,
    spindleTemperature: SPINDLE_WARN_K,
    broken: [],
  };
  limits.broken = brokenLimits(limits, plan);
  return limits;
}

function brokenLimits({ load, ...limit }: PlanLimits, plan: JobPlan): LimitName[] {
  const over = (value: number, most: number) => value > most * TOLERANCE;
  const overloaded = over(load.torque, limit.torqueAvailable);
  const flatTorque = limit.torqueAvailable >= plan.machine.peakTorqueNm;
  const found: Record<LimitName, boolean> = {
    spindleSpeed: over(load.spindleSpeed, limit.maxSpindleSpeed),
    feedRate: over(load.feedRate, limit.maxFeedRate),
    torque: overloaded && flatTorque,
    power: overloaded && !flatTorque,
    continuousPower: over(load.driveLoad, 1),
    cuttingForce: over(load.cuttingForce, limit.cuttingForce),
    chatter: limit.chatterLimitWidth !== null && over(load.chipWidth, limit.chatterLimitWidth),
    edgeTemperature: over(load.zoneTemperature, limit.softeningTemperature),
    materialTemperature: plan.cut.jobType !== 'knurling' && over(load.zoneTemperature, limit.materialTemperature),
  };
  return (Object.keys(found) as LimitName[]).filter((name) => found[name]);
}
