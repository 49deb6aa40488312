import type { Curves, Outlook, WhatIfBasis } from '../contract/what-if.js';
import type { MachineState } from '../machining/machine-state.js';
import type { JobPlan } from '../machining/plan.js';
import { AIR_RANGE } from '../machining/problems.js';
import { beginJob, drainEvents, step } from '../machining/step.js';
import { BREAKAGE_WEAR_MM, lifeUsedAt } from '../machining/tool-life.js';
import { activeTool } from '../machining/tool-state.js';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { machineOf, toolAtStart } from './basis.js';
import { type Economics, wornEdgeCost } from './economics.js';
import { electricityKWh, partCost } from './part-cost.js';
import { meanLifeMin, type PartFigures, partFigures } from './part-figures.js';
import { planLimits } from './plan-limits.js';

/** Samples after the first. */
const SAMPLES = 120;
/** Ticks of the run, s; the machine steps more finely inside, but looks at its tool once a tick. */
const TICK_S = { least: 0.5, most: 5 };
const TICKS_PER_EDGE = 50;
/** Shortest part of the horizon over which the highest value is looked for. */
const WINDOW_SHARE = 1 / 8;

const C = CHANNEL_INDEX;
const LIFE_AT_BREAKAGE = lifeUsedAt(BREAKAGE_WEAR_MM);

/** Times of the samples of every outlook, min from now. */
export function sampleTimes(horizonMinutes: number): number[] {
  return Array.from({ length: SAMPLES + 1 }, (_, i) => (horizonMinutes * i) / SAMPLES);
}

/**
 * How the machine goes on with a plan over the horizon: a new workpiece is clamped now, the edge is not changed on the way,
 * nothing is random. The tool keeps its own luck in life.
 */
export function outlookOf(basis: WhatIfBasis, plan: JobPlan, horizonMinutes: number, economics: Economics): Outlook {
  const lifeFactor = toolAtStart(basis.start, plan.tool.toolNo)?.lifeFactor ?? 1;
  const figures = partFigures(plan, basis.start.nodes.air);
  const run = new OutlookRun(machineOf(basis), withLuck(plan, lifeFactor), horizonMinutes, figures, economics);
  const part = partCost(plan, figures, economics);
  const { curves } = run;
  const last = <Name extends keyof Curves>(name: Name) => curves[name].at(-1)!;
  return {
    material: plan.material.name,
    toolNo: plan.tool.toolNo,
    parameters: plan.parameters,
    warnings: plan.warnings,
    curves,
    end: {
      flankWear: last('flankWear'),
      processTemperature: last('processTemperature'),
      cuttingZoneTemperature: last('cuttingZoneTemperature'),
      spindleTemperature: last('spindleTemperature'),
      failureProbability: last('failureProbability'),
      energy: last('energy'),
      cost: last('cost'),
      parts: last('parts'),
      remainingLife: run.remainingLifeMin,
    },
    toolLife: meanLifeMin(figures),
    remainingLife: run.remainingAtStartMin ?? lifeFactor * meanLifeMin(figures) * (1 - run.lifeUsedAtStart),
    wornAt: run.wornAtMinute,
    part,
    partsPerHour: 3600 / part.time,
    limits: planLimits(plan, figures),
    events: run.events,
  };
}

/** The plan with an edge that lasts `lifeFactor` times as long: by Taylor, one that bears lifeFactor^n times the speed. */
function withLuck(plan: JobPlan, lifeFactor: number): JobPlan {
  const speedFactor = (plan.tool.speedFactor ?? 1) * lifeFactor ** (plan.tool.taylorN ?? 0.25);
  return { ...plan, tool: { ...plan.tool, speedFactor } };
}

/** Values that fall between parts: of these the highest of the last part is shown. */
const PEAKS = ['processTemperature', 'cuttingZoneTemperature', 'failureProbability'] as const;
type Peak = (typeof PEAKS)[number];

class OutlookRun {
  readonly curves: Curves = {
    flankWear: [],
    processTemperature: [],
    cuttingZoneTemperature: [],
    spindleTemperature: [],
    failureProbability: [],
    energy: [],
    cost: [],
    parts: [],
  };
  readonly events: Outlook['events'] = [];
  readonly lifeUsedAtStart: number;
  wornAtMinute: number | null = null;
  private readonly history: Record<Peak, number[]> = {
    processTemperature: [],
    cuttingZoneTemperature: [],
    failureProbability: [],
  };
  private readonly perEdge: number;

  constructor(
    private readonly machine: MachineState,
    plan: JobPlan,
    private readonly horizonMinutes: number,
    figures: PartFigures,
    private readonly economics: Economics,
  ) {
    beginJob(machine, plan, {
      seed: 0,
      estimatedMinutes: 2 * horizonMinutes, // the horizon, not the job, is what ends
      noise: false,
      airTemperatureK: Math.min(AIR_RANGE.max, Math.max(AIR_RANGE.min, machine.nodes.air)),
    });
    this.perEdge = wornEdgeCost(plan.tool, economics);
    this.lifeUsedAtStart = activeTool(machine).lifeUsed;
    this.run(figures);
  }

  /** Life left at the end of the horizon, min of cutting. */
  get remainingLifeMin(): number {
    return this.machine.truth[C.remainingUsefulLife]!;
  }

  /** Life left at the start at the rate at which it was used; null where nothing was cut. */
  get remainingAtStartMin(): number | null {
    const used = activeTool(this.machine).lifeUsed - this.lifeUsedAtStart;
    const minutes = (this.machine.job?.engagedS ?? 0) / 60;
    return used > 0 ? (Math.max(0, 1 - this.lifeUsedAtStart) * minutes) / used : null;
  }

  private run(figures: PartFigures): void {
    const sampleS = (60 * this.horizonMinutes) / SAMPLES;
    const edgeS = 60 * meanLifeMin(figures);
    const ticks = Math.ceil(sampleS / Math.min(TICK_S.most, Math.max(TICK_S.least, edgeS / TICKS_PER_EDGE)));
    const dtS = sampleS / ticks;
    const window = Math.ceil(Math.min(figures.cycleS, 60 * this.horizonMinutes * WINDOW_SHARE) / dtS);
    this.sample(0, 1);
    for (let i = 1; i <= SAMPLES; i++) {
      for (let tick = 0; tick < ticks; tick++) {
        step(this.machine, dtS);
        this.observe();
      }
      this.sample((this.horizonMinutes * i) / SAMPLES, window);
    }
  }

  private observe(): void {
    const { truth, nodes } = this.machine;
    this.history.processTemperature.push(nodes.tool);
    this.history.cuttingZoneTemperature.push(nodes.zone);
    this.history.failureProbability.push(truth[C.failureProbability]!);
    for (const { type, atMinute } of drainEvents(this.machine)) {
      if (type !== 'partDone') this.events.push({ atMinute, type });
      if (type === 'toolWorn') this.wornAtMinute = atMinute;
    }
  }

  private sample(minute: number, window: number): void {
    const { curves, machine } = this;
    const { truth, nodes, job } = machine;
    const energy = electricityKWh(job?.energyJ ?? 0);
    curves.flankWear.push(Math.min(BREAKAGE_WEAR_MM, truth[C.flankWear]!));
    curves.spindleTemperature.push(nodes.spindle);
    curves.energy.push(energy);
    curves.parts.push(job?.partsDone ?? 0);
    curves.cost.push(
      (minute / 60) * this.economics.machineHourRate +
        energy * this.economics.energyPrice +
        this.usedSinceStart() * this.perEdge,
    );
    if (minute === 0) {
      curves.processTemperature.push(nodes.tool);
      curves.cuttingZoneTemperature.push(nodes.zone);
      curves.failureProbability.push(truth[C.failureProbability]!);
    } else {
      for (const name of PEAKS) curves[name].push(Math.max(...this.history[name].slice(-window)));
    }
  }

  /** Share of the edge that the run has used up; no more than breaks it. */
  private usedSinceStart(): number {
    const used = Math.min(LIFE_AT_BREAKAGE, activeTool(this.machine).lifeUsed);
    return Math.max(0, used - this.lifeUsedAtStart);
  }
}
