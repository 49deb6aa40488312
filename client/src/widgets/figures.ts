import type { ChannelName } from '#domain/telemetry/channels.js';

/** How a channel is shown to people: name, unit, digits, and the change of unit where people use another than the wire. */
export interface Figure {
  label: string;
  unit: string;
  digits: number;
  shown: (wire: number) => number;
}

const KELVIN_AT_0_C = 273.15;
const asIs = (value: number) => value;
const celsius = (kelvin: number) => kelvin - KELVIN_AT_0_C;
const percent = (share: number) => share * 100;
const kilo = (value: number) => value / 1000;

export const FIGURES: Record<ChannelName, Figure> = {
  rpm: { label: 'Spindle speed', unit: 'rpm', digits: 0, shown: asIs },
  feedRate: { label: 'Feed rate', unit: 'mm/min', digits: 0, shown: asIs },
  torque: { label: 'Spindle torque', unit: 'N·m', digits: 1, shown: asIs },
  power: { label: 'Spindle power', unit: 'kW', digits: 2, shown: kilo },
  cuttingForce: { label: 'Cutting force', unit: 'N', digits: 0, shown: asIs },
  airTemperature: { label: 'Air', unit: '°C', digits: 1, shown: celsius },
  processTemperature: { label: 'Process temperature', unit: '°C', digits: 1, shown: celsius },
  vibration: { label: 'Vibration', unit: 'mm/s', digits: 2, shown: asIs },
  toolWear: { label: 'Tool in cut', unit: 'min', digits: 1, shown: asIs },
  flankWear: { label: 'Flank wear', unit: 'mm', digits: 3, shown: asIs },
  failureProbability: { label: 'Failure risk', unit: '%', digits: 1, shown: percent },
  health: { label: 'Health', unit: '%', digits: 0, shown: percent },
  remainingUsefulLife: { label: 'Remaining tool life', unit: 'min', digits: 1, shown: asIs },
  progress: { label: 'Progress', unit: '%', digits: 0, shown: percent },
  x: { label: 'X (diameter)', unit: 'mm', digits: 2, shown: asIs },
  z: { label: 'Z', unit: 'mm', digits: 2, shown: asIs },
  cuttingZoneTemperature: { label: 'Cutting zone', unit: '°C', digits: 0, shown: celsius },
  workDiameter: { label: 'Work diameter', unit: 'mm', digits: 2, shown: asIs },
};

/** Digits of a wire value without its unit; an en dash where it is unknown. */
export function digitsOf(channel: ChannelName, wire: number): string {
  if (!Number.isFinite(wire)) return '–';
  const { digits, shown } = FIGURES[channel];
  const text = shown(wire).toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}
