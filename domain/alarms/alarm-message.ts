import type { AlertType } from '../contract/enums.js';
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

type Told = Pick<AlarmChange, 'type' | 'channel' | 'bound' | 'value' | 'limit'>;

/** A sentence with reading, limit and unit, such as "Process temperature 97.4 °C is above 95.0 °C". */
export function alarmMessage(told: Told): string {
  const special = SPECIAL[told.type];
  if (special) return special(told, WORDING[told.channel].label);
  const { channel, bound, value, limit } = told;
  const { label, unit, digits, offset = 0, factor = 1 } = WORDING[channel];
  if (bound === 'rate') {
    const [reading, most] = tellApart(Math.abs(value) * factor, limit * factor, digits);
    return `${label} changes by ${reading} ${unit} per second, more than ${most} ${unit}`;
  }
  const [reading, other] = tellApart((value + offset) * factor, (limit + offset) * factor, digits);
  return `${label} ${reading} ${unit} is ${bound === 'high' ? 'above' : 'below'} ${other} ${unit}`;
}

/** Types whose limits are not limits of the reading itself. */
const SPECIAL: Partial<Record<AlertType, (told: Told, label: string) => string>> = {
  SENSOR_FAULT: ({ value, limit }, label) => {
    const [age, most] = tellApart(value, limit, 0);
    return `${label}: the sensor has said nothing new for ${age} s, longer than ${most} s`;
  },
  ANOMALY: ({ value, limit, bound }, label) => {
    const [share, most] = tellApart(Math.abs(value) * 100, Math.abs(limit) * 100, 0);
    const side = bound === 'low' ? 'below' : 'above';
    return `${label} is at least ${share} % ${side} what the physical model expects, more than ${most} %`;
  },
  OFFLINE: ({ value, limit }) => {
    const [silence, most] = tellApart(value, limit, 0);
    return `The lathe has given no sign for ${silence} s, longer than ${most} s`;
  },
  JOB_OVERRUN: ({ value, limit }) => {
    const [share, most] = tellApart(value * 100, limit * 100, 0);
    return `The job has taken ${share} % of its planned time, more than ${most} %`;
  },
};

/** Both numbers with as many decimals as it takes to see that they differ. */
function tellApart(value: number, limit: number, digits: number): [string, string] {
  let decimals = digits;
  while (decimals < MOST_DIGITS && value.toFixed(decimals) === limit.toFixed(decimals)) decimals++;
  return [value.toFixed(decimals), limit.toFixed(decimals)];
}
