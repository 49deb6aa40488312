import { CHANNEL_INDEX, CHANNEL_NAMES, type ChannelName } from '../telemetry/channels.js';
import { EXPECTED_INDEX, type Expectation, type ExpectedChannel } from './expectation.js';
import type { DerivedKind } from './judged-quantity.js';

export interface DerivedQuantity {
  key: string;
  kind: DerivedKind;
  channel: ChannelName;
  channelIndex: number;
}

/** Numbers that are remembered of each quantity between ticks. */
export const DERIVED_WIDTH = 4;

/** Sensors whose noise never lets two readings be the same, so that equal ones tell of a sensor that is stuck. */
export const LIVELY_CHANNELS: readonly ChannelName[] = [
  'rpm',
  'feedRate',
  'torque',
  'power',
  'cuttingForce',
  'airTemperature',
  'processTemperature',
  'vibration',
  'flankWear',
  'cuttingZoneTemperature',
];
/** These show 0 only while the spindle stands; the other channels may rest at 0 for longer. */
const SPINDLE_CHANNELS: readonly ChannelName[] = ['rpm', 'torque', 'power', 'vibration'];
const IS_OF_SPINDLE = CHANNEL_NAMES.map((name) => SPINDLE_CHANNELS.includes(name));

/** How a reading scatters about its true value. */
interface Scatter {
  /** standard deviation of the noise per true value, and its time constant, s of machine time */
  noise: number;
  tauS: number;
  /** standard deviation of what no averaging removes: scatter between workpieces, rest of the model */
  bias: number;
  /** independent readings that the average remembers */
  memory: number;
}

const SCATTER: Readonly<Record<ExpectedChannel, Scatter>> = {
  vibration: { noise: 0.05, tauS: 1, bias: 0, memory: 60 },
  torque: { noise: 0.015, tauS: 0.5, bias: 0.005, memory: 30 },
  cuttingForce: { noise: 0.015, tauS: 0.5, bias: 0.04, memory: 10 },
};
/** Standard errors that are taken off a deviation: what is left is sure. */
const SURE_AT = 4;
/** A single wild reading counts as no more than this. */
const WILDEST = 3;

/** Moves the quantity on by one tick. @param state - DERIVED_WIDTH numbers from `at` on, the first of them its value: in s or as a share */
export function advanceDerived(
  { kind, channel, channelIndex }: DerivedQuantity,
  state: Float64Array,
  at: number,
  atMs: number,
  channels: ArrayLike<number>,
  expectation: Expectation | undefined,
): void {
  if (kind === 'age') advanceAge(channelIndex, state, at, atMs, channels);
  else if (expectation) advanceDeviation(channel as ExpectedChannel, state, at, atMs, channels, expectation);
}

/** State: value, since when nothing is new, last reading. */
function advanceAge(channel: number, state: Float64Array, at: number, atMs: number, channels: ArrayLike<number>): void {
  const reading = channels[channel]!;
  const isMissing = Number.isNaN(reading);
  const isRepeated = reading === state[at + 2]! && !(reading === 0 && mayBeZero(channel, channels));
  const isOld = state[at + 1]! <= atMs; // neither unknown nor, by a clock that was set back, yet to come
  if (isOld && (isMissing || isRepeated)) {
    state[at] = (atMs - state[at + 1]!) / 1000;
    return;
  }
  state[at] = 0;
  state[at + 1] = atMs;
  state[at + 2] = reading;
}

/** A spindle sensor that shows nothing while another one shows that the spindle turns is not at rest but stuck. */
function mayBeZero(channel: number, channels: ArrayLike<number>): boolean {
  if (!IS_OF_SPINDLE[channel]) return true;
  const other = channel === CHANNEL_INDEX.rpm ? CHANNEL_INDEX.torque : CHANNEL_INDEX.rpm;
  return !(channels[other]! > 1);
}

/** State: value, time of the last reading, weighted sum of deviations, sum of weights. */
function advanceDeviation(
  channel: ExpectedChannel,
  state: Float64Array,
  at: number,
  atMs: number,
  channels: ArrayLike<number>,
  { expected, timeScale }: Expectation,
): void {
  const expectedValue = expected[EXPECTED_INDEX[channel]]!;
  const reading = channels[CHANNEL_INDEX[channel]]!;
  if (!(expectedValue > 0) || Number.isNaN(reading)) return;
  const { noise, tauS, bias, memory } = SCATTER[channel];
  const deviation = Math.min(WILDEST, Math.max(-WILDEST, reading / expectedValue - 1));
  const elapsedS = ((atMs - state[at + 1]!) / 1000) * timeScale;
  // readings close together tell the same noise twice: together they weigh as much as one
  const weight = elapsedS >= 0 ? 1 - Math.exp(-elapsedS / (2 * tauS)) : 1;
  const keep = Math.exp(-weight / memory);
  const sum = keep * orZero(state[at + 2]!) + weight * deviation;
  const weights = keep * orZero(state[at + 3]!) + weight;
  state[at + 1] = atMs;
  state[at + 2] = sum;
  state[at + 3] = weights;
  const mean = sum / weights;
  // variance of an exponentially weighted mean per that of one reading; 1/(2 memory) once the memory has filled
  const share = 1 / weights - 1 / (2 * memory);
  const sure = Math.max(0, Math.abs(mean) - SURE_AT * Math.sqrt(noise * noise * share + bias * bias));
  state[at] = mean < 0 ? -sure : sure;
}

const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);
