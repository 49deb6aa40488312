import type { MachineStart, WhatIfBasis } from '../contract/what-if.js';
import { radPerS } from '../machining/machine-limits.js';
import { createMachineState, type MachineState, type ToolState } from '../machining/machine-state.js';
import { flankWearMm } from '../machining/tool-life.js';
import { toolStateOf } from '../machining/tool-state.js';

/** What a what-if begins from: the machine as it stands and the job on it; null where no job runs. */
export function basisOf(state: MachineState): WhatIfBasis | null {
  const { job } = state;
  if (job?.status !== 'running') return null;
  const { material, tool, machine, cut, parameters } = job.plan;
  // what the edge was worn at the start of the job says nothing any more
  const { flankWear: _, ...rest } = parameters;
  return {
    jobType: cut.jobType,
    material: { ...material },
    tool: { ...tool, jobTypes: [...tool.jobTypes] },
    parameters: rest,
    machine: { ...machine },
    start: startOf(state),
  };
}

/** Faults that have not begun yet are left out: nobody foresees them. */
function startOf(state: MachineState): MachineStart {
  const { nodes } = state;
  return {
    clock: state.clockS,
    nodes: {
      air: nodes.air,
      spindle: nodes.spindle,
      tool: nodes.tool,
      work: nodes.work,
      coolant: nodes.coolant,
      zone: nodes.zone,
    },
    spindleSpeed: state.rpm,
    bearingWear: state.bearingWear,
    driveHeat: state.thermalTripS,
    tools: state.tools.map(({ toolNo, lifeUsed, minutes, lifeFactor, broken, chipped }) => ({
      toolNo,
      lifeUsed,
      minutes,
      lifeFactor,
      broken,
      chipped,
    })),
    faults: state.faults
      .filter(({ started, type }) => started && !type.startsWith('sensor'))
      .map(({ type, severity, startS, rampS, endS }) => ({ type, severity, start: startS, ramp: rampS, end: endS })),
  };
}

/** The tool of that number as the turret holds it; undefined for one that it never held. */
export function toolAtStart(start: MachineStart, toolNo: number): MachineStart['tools'][number] | undefined {
  return start.tools.find((tool) => tool.toolNo === toolNo);
}

/** A machine that stands as `start` says. */
export function machineOf({ start, machine }: Pick<WhatIfBasis, 'start' | 'machine'>): MachineState {
  const state = createMachineState(0, { machine });
  state.clockS = start.clock;
  Object.assign(state.nodes, start.nodes);
  state.spindleRadPerS = radPerS(start.spindleSpeed);
  state.rpm = start.spindleSpeed;
  state.bearingWear = start.bearingWear;
  state.thermalTripS = start.driveHeat;
  for (const held of start.tools) adopt(toolStateOf(state, held.toolNo), held);
  state.faults = start.faults.map(({ type, severity, start: startS, ramp, end }, i) => ({
    id: i + 1,
    type,
    severity,
    channel: 'vibration',
    startS,
    rampS: ramp,
    endS: end,
    started: true,
    heldValue: null,
  }));
  state.nextFaultId = start.faults.length + 1;
  return state;
}

function adopt(tool: ToolState, held: MachineStart['tools'][number]): void {
  tool.lifeUsed = held.lifeUsed;
  tool.flankWearMm = flankWearMm(held.lifeUsed);
  tool.minutes = held.minutes;
  tool.lifeFactor = held.lifeFactor;
  tool.broken = held.broken;
  tool.chipped = held.chipped;
}
