import { FAULT_TYPES, type FaultType } from '../contract/enums.js';
import { CHANNEL_INDEX, CHANNEL_NAMES, type ChannelName } from '../telemetry/channels.js';
import { report } from './event-log.js';
import type { ActiveFault, MachineState } from './machine-types.js';
import { Problems } from './problems.js';
import { breakTool, chipTool } from './tool-damage.js';
import { activeTool } from './tool-state.js';

/** A fault to inject; times in s of machine time. */
export interface FaultInjection {
  /** one of FAULT_TYPES */
  type: string;
  /** 0..1 */
  severity: number;
  /** of a sensor fault; default `vibration` */
  channel?: string;
  /** delay from now; default 0 */
  atS?: number;
  /** time to full severity; default 0 (bearingWear 600) */
  rampS?: number;
  /** how long it lasts from its start; default: until ended (overload 20) */
  durationS?: number;
}

const HARD_SPOT_S = 20;
const BEARING_RAMP_S = 600;
const GREATEST_SLIP = 0.05;
/** What a fully slipping belt adds to the vibration of the spindle's own frequency. */
const SLIP_UNBALANCE = 0.3;
const BREAKS_FROM = 0.5;

/**
 * Injects a fault; several may overlap.
 * @returns id for `endFault`
 * @throws MachiningInputError `fault_unknown`, `out_of_range`, `not_a_number`
 */
export function injectFault(state: MachineState, fault: FaultInjection): number {
  const { type, channel } = checkFault(fault);
  const startS = state.clockS + (fault.atS ?? 0);
  const durationS = fault.durationS ?? (type === 'overload' ? HARD_SPOT_S : null);
  const id = state.nextFaultId++;
  state.faults.push({
    id,
    type,
    severity: fault.severity,
    channel,
    startS,
    rampS: fault.rampS ?? (type === 'bearingWear' ? BEARING_RAMP_S : 0),
    endS: durationS === null ? null : startS + durationS,
    started: false,
    heldValue: null,
  });
  return id;
}

function checkFault(fault: FaultInjection): { type: FaultType; channel: ChannelName } {
  const problems = new Problems();
  const type = FAULT_TYPES.find((known) => known === fault.type);
  if (!type) {
    problems.error('fault_unknown', 'type', `type is ${String(fault.type)}: expected one of ${FAULT_TYPES.join(', ')}`);
  }
  const name = fault.channel ?? 'vibration';
  const channel = CHANNEL_NAMES.find((known) => known === name);
  if (!channel) {
    problems.error('out_of_range', 'channel', `channel is ${name}: expected one of ${CHANNEL_NAMES.join(', ')}`);
  }
  problems.isInRange('severity', fault.severity, { min: 0, max: 1, unit: '' });
  const time = { min: 0, max: 1e8, unit: 's' };
  if (fault.atS !== undefined) problems.isInRange('atS', fault.atS, time);
  if (fault.rampS !== undefined) problems.isInRange('rampS', fault.rampS, time);
  if (fault.durationS !== undefined) problems.isInRange('durationS', fault.durationS, { ...time, min: 1e-3 });
  problems.throwIfAny();
  return { type: type!, channel: channel! };
}

/**
 * Ends a fault at once: its cause is gone, and what it has heated or shaken calms down by its own laws. An edge that it has
 * chipped or broken stays so. @returns false where there is no such fault
 */
export function endFault(state: MachineState, id: number): boolean {
  const index = state.faults.findIndex((fault) => fault.id === id);
  if (index < 0) return false;
  const [fault] = state.faults.splice(index, 1);
  if (fault?.started) report(state, 'faultEnded', fault.type);
  updateEffects(state);
  return true;
}

/** Ends every fault without a word. */
export function clearFaults(state: MachineState): void {
  if (state.faults.length === 0) return;
  state.faults = [];
  neutralise(state);
}

/** Whether a fault is acting at the moment. */
export function hasActiveFault(state: MachineState): boolean {
  return state.faults.some((fault) => fault.started);
}

/** Starts, ramps and ends faults by the machine clock, to the nearest tick; `dtS` is the tick that follows. */
export function advanceFaults(state: MachineState, dtS: number): void {
  const { clockS } = state;
  for (let i = state.faults.length - 1; i >= 0; i--) {
    const fault = state.faults[i]!;
    // one that has not started yet has still to act for a tick, however short it is
    if (fault.started && fault.endS !== null && clockS + dtS / 2 >= fault.endS) endFault(state, fault.id);
  }
  for (const fault of state.faults) {
    if (fault.started || clockS + dtS / 2 < fault.startS) continue;
    fault.started = true;
    const last = state.measured[CHANNEL_INDEX[fault.channel]]!;
    fault.heldValue = Number.isNaN(last) ? null : last;
    report(state, 'faultStarted', `${fault.type}, severity ${fault.severity}`);
    if (fault.type === 'toolBreakage') strikeTool(state, fault);
  }
  updateEffects(state);
}

function strikeTool(state: MachineState, fault: ActiveFault): void {
  const tool = activeTool(state);
  if (fault.severity < BREAKS_FROM) chipTool(state, tool);
  else breakTool(state, tool, 'injected breakage');
}

function neutralise(state: MachineState): void {
  const { effects } = state;
  // nothing but a fault wears bearings in this model, so that they are sound again without one
  state.bearingWear = 0;
  effects.coolantLoss = 0;
  effects.unbalanceFactor = 1;
  effects.imbalance = 0;
  effects.stabilityFactor = 1;
  effects.hardnessFactor = 1;
  effects.slip = 0;
}

/** Severity of a fault that has started, with its ramp, at a moment of the machine's clock. */
export function severityAt(fault: ActiveFault, clockS: number): number {
  if (fault.rampS <= 0) return fault.severity;
  return fault.severity * Math.min(1, Math.max(0, (clockS - fault.startS) / fault.rampS));
}

function updateEffects(state: MachineState): void {
  const { effects, clockS } = state;
  neutralise(state);
  for (const fault of state.faults) {
    if (!fault.started) continue;
    const severity = severityAt(fault, clockS);
    switch (fault.type) {
      case 'bearingWear':
        state.bearingWear = Math.max(state.bearingWear, severity);
        break;
      case 'coolantLoss':
        effects.coolantLoss = 1 - (1 - effects.coolantLoss) * (1 - severity);
        break;
      case 'imbalance':
        effects.unbalanceFactor *= 1 + 19 * severity;
        // such that 1 + 0.1 x imbalance, by which the finish grows, is the product over all faults
        effects.imbalance += severity * (1 + 0.1 * effects.imbalance);
        break;
      case 'chatter':
        effects.stabilityFactor *= 1 - 0.9 * severity;
        break;
      case 'overload':
        effects.hardnessFactor *= 1 + 2 * severity;
        break;
      case 'beltSlip':
        effects.slip = 1 - (1 - effects.slip) * (1 - GREATEST_SLIP * severity);
        effects.unbalanceFactor *= 1 + SLIP_UNBALANCE * severity;
        break;
      default:
        break;
    }
  }
}
