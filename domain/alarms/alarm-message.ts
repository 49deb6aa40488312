import type { ChannelName } from '../telemetry/channels.js';
import type { AlarmChange } from './evaluate.js';

/** How a channel is written for people: shown = (value + offset) · factor, with `digits` decimals. */
interface Wording {
  label: string;
  unit: string;
  digits: number;
  offset?: number;
  factor?: number;
}

const celsius = { unit: '°C', digits: 1, offset: -273.15 };
const percent = { unit: '%', digits: 0, factor: 100 };

const WORDING: Record<ChannelName, Wording> = {
  rpm: { label: 'Spindle speed', unit: '1/min', digits: 0 },
  feedRate: { label: 'Feed rate', unit: 'mm/min', digits: 0 },
  torque: { label: 'Spindle torque', unit: 'N·m', digits: 1 },
  power: { label: 'Spindle power', unit: 'kW', digits: 2, factor: 0.001 },
  cuttingForce: { label: 'Cutting force', unit: 'N', digits: 0 },
  airTemperature: { label: 'Air temperature', ...celsius },
  processTemperature: { label: 'Process temperature', ...celsius },
  vibration: { label: 'Vibration', unit: 'mm/s', digits: 1 },
  toolWear: { label: 'Cutting time of the tool', unit: 'min', digits: 1 },
  flankWear: { label: 'Flank wear', unit: 'mm', digits: 2 },
  failureProbability: { label: 'Failure probability', ...percent },
  health: { label: 'Health', ...percent },
  remainingUsefulLife: { label: 'Remaining tool life', unit: 'min', digits: 1 },
  progress: { label: 'Job progress', ...percent },
  x: { label: 'Tool position X', unit: 'mm', digits: 2 },
  z: { label: 'Tool position Z', unit: 'mm', digits: 2 },
  cuttingZoneTemperature: { label: 'Cutting zone temperature', ...celsius },
  workDiameter: { label: 'Work diameter', unit: 'mm', digits: 2 },
};

const MOST_DIGITS = 4;

/** A sentence with reading, limit and unit, such as "Process temperature 97.4 °C is above 95.0 °C". */
export function alarmMessage({
  channel,
  bound,
  value,
  limit,
}: Pick<AlarmChange, 'channel' | 'bound' | 'value' | 'limit'>) {
  const { label, unit, digits, offset = 0, factor = 1 } = WORDING[channel];
  if (bound === 'rate') {
    const [reading, most] = tellApart(Math.abs(value) * factor, limit * factor, digits);
    return `${label} changes by ${reading} ${unit} per second, more than ${most} ${unit}`;
  }
  const [reading, other] = tellApart((value + offset) * factor, (limit + offset) * factor, digits);
  return `${label} ${reading} ${unit} is ${bound === 'high' ? 'above' : 'below'} ${other} ${unit}`;
}

/** Both numbers with as many decimals as it takes to see that they differ. */
function tellApart(value: number, limit: number, digits: number): [string, string] {
  let decimals = digits;
  while (decimals < MOST_DIGITS && value.toFixed(decimals) === limit.toFixed(decimals)) decimals++;
  return [value.toFixed(decimals), limit.toFixed(decimals)];
}
