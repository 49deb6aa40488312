import type { FaultType } from '../contract/enums.js';
import { CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';
import type { ActiveFault, MachineState } from './machine-types.js';

/** Whether a fault is one of a single sensor, which leaves the machine itself alone. */
export function isSensorFault(type: FaultType): boolean {
  return type === 'sensorDropout' || type === 'sensorStuck' || type === 'sensorDrift';
}

/** Full scale of each sensor, in the unit of its channel. */
const FULL_SCALE: Readonly<Record<ChannelName, number>> = {
  rpm: 4000,
  feedRate: 10_000,
  torque: 203,
  power: 15_000,
  cuttingForce: 8000,
  airTemperature: 300,
  processTemperature: 300,
  vibration: 20,
  toolWear: 240,
  flankWear: 0.6,
  failureProbability: 1,
  health: 1,
  remainingUsefulLife: 240,
  progress: 1,
  x: 330,
  z: 570,
  cuttingZoneTemperature: 300,
  workDiameter: 330,
};
/** Drift per minute and its end, as shares of full scale. */
const DRIFT_PER_MIN = 0.05;
const GREATEST_DRIFT = 0.3;

/** Falsifies the readings, last of all: drift first, then stuck values, then silence. The truth stays as it is. */
export function applySensorFaults(state: MachineState): void {
  for (const fault of state.faults) {
    if (fault.started && fault.type === 'sensorDrift') {
      state.measured[CHANNEL_INDEX[fault.channel]]! += driftOf(fault, state.clockS);
    }
  }
  for (const fault of state.faults) {
    if (fault.started && fault.type === 'sensorStuck') {
      state.measured[CHANNEL_INDEX[fault.channel]] = fault.heldValue ?? Number.NaN;
    }
  }
  for (const fault of state.faults) {
    if (fault.started && fault.type === 'sensorDropout') {
      state.measured[CHANNEL_INDEX[fault.channel]] = Number.NaN;
    }
  }
}

function driftOf(fault: ActiveFault, clockS: number): number {
  const minutes = Math.max(0, clockS - fault.startS) / 60;
  return FULL_SCALE[fault.channel] * Math.min(GREATEST_DRIFT, fault.severity * DRIFT_PER_MIN * minutes);
}
