import { coolantForceFactor, wearForceFactor } from '../machining/forces.js';
import { relax, TOOL_CAPACITY, toolHeatShare, toolResistance } from '../machining/heat.js';
import { KNURL_WHEEL_LIFE_MIN } from '../machining/knurling.js';
import { availableTorqueNm, frictionTorqueNm, radPerS } from '../machining/machine-limits.js';
import type { JobRun, MachineState } from '../machining/machine-types.js';
import { coolantLifeFactor, lifeUsedAt, softeningDivisor, taylorLifeMin } from '../machining/tool-life.js';
import { SOFTENING_TEMPERATURE_K } from '../machining/tools.js';
import {
  bearingVibration,
  cuttingVibration,
  totalVibration,
  UNBALANCE_GMM,
  unbalanceVibration,
} from '../machining/vibration.js';
import { CHANNEL_INDEX } from '../telemetry/channels.js';

/**
 * What is known of a lathe from its readings and its program, evened out over the time in the cut. Plain data: part of a
 * checkpoint. Ground truth of the simulator never enters.
 */
export interface LatheSignals {
  toolNo: number;
  /** minutes in the cut of the tool, as the machine counts them: a fall means a new tool */
  toolMinutes: number;
  /** time in the cut since these signals began, s */
  engagedS: number;
  flankWearMm: number;
  lifeUsed: number;
  /** recent life used as seen, and as Taylor's equation has it */
  seenWear: number;
  reckonedWear: number;
  /** wear per expected wear */
  wearPace: number;
  /** share of life that a minute takes after Taylor, 1/min */
  lifePerMin: number;
  torqueShare: number;
  forceShare: number;
  loadRatio: number;
  processRiseK: number;
  zoneMarginK: number;
  vibrationMmPerS: number;
  /** mean square of the force's departure from its course */
  unrest: number;
  /** rise of the tool over the air that its power explains, K */
  expectedRiseK: number;
  /** how far readings lie from what physics expects: logarithm of the force ratio and of the vibration ratio, and K */
  residuals: [load: number, vibration: number, heat: number];
}

export const RESIDUAL_NAMES = [
  { name: 'load', label: 'cutting load against the force model' },
  { name: 'vibration', label: 'vibration against the housing model' },
  { name: 'heat', label: 'process temperature against the heat model' },
] as const;

/** Signals of a lathe that has not cut yet. */
export function newLatheSignals(): LatheSignals {
  return {
    toolNo: 0,
    toolMinutes: 0,
    engagedS: 0,
    flankWearMm: 0,
    lifeUsed: 0,
    seenWear: 0,
    reckonedWear: 0,
    wearPace: 1,
    lifePerMin: 0,
    torqueShare: 0,
    forceShare: 0,
    loadRatio: 1,
    processRiseK: 0,
    zoneMarginK: 0,
    vibrationMmPerS: 0,
    unrest: 0,
    expectedRiseK: 0,
    residuals: [0, 0, 0],
  };
}

/** Time constants, s in the cut (of the expected heat: of the machine). */
const TAU = { wear: 20, rate: 60, load: 5, heat: 10, vibration: 5, unrest: 10, residual: 30 } as const;
/** Life after which wear seen counts for little in the pace. */
const PACE_MEMORY = 0.3;
/** Variance of life used as read per that of the pace between tools: (0.015 / 0.2)². */
const PACE_PRIOR = 0.0056;
const PACE_RANGE = { least: 0.3, most: 5 };
/** Time in the cut before signals are worth judging, s. */
const SETTLED_S = 5;

const C = CHANNEL_INDEX;

/** Takes in the readings of a tick of `dtS` seconds; in air only the expected heat goes on. */
export function readSignals(signals: LatheSignals, state: MachineState, dtS: number): void {
  const { measured, job } = state;
  if (!job) return;
  expectHeat(signals, state, job, dtS);
  if (!(measured[C.feedRate]! > 0 && measured[C.cuttingForce]! > 0)) return;
  noticeNewTool(signals, state);
  signals.engagedS += dtS;
  readLoad(signals, state, job, dtS);
  readHeat(signals, state, job, dtS);
  readWear(signals, state, job, dtS);
  readVibration(signals, state, job, dtS);
}

/** Whether the tool has been in the cut for long enough to judge. */
export function areSettled({ engagedS }: LatheSignals): boolean {
  return engagedS >= SETTLED_S;
}

/** Minutes of tool life at the present speed and feed, as this tool wears. */
export function expectedLifeMin({ lifePerMin, wearPace }: LatheSignals): number {
  return 1 / Math.max(1e-4, lifePerMin * wearPace);
}

/** Minutes in the cut that the wear curve leaves. */
export function remainingEstimateMin(signals: LatheSignals): number {
  return Math.max(0, 1 - signals.lifeUsed) * expectedLifeMin(signals);
}

/** Writes the inputs of a lathe's model, in the order of HISTORY_INPUTS: all finite. */
export function writeSignals(signals: LatheSignals, out: Float64Array | number[], offset = 0): void {
  out[offset] = signals.lifeUsed;
  out[offset + 1] = signals.wearPace;
  out[offset + 2] = expectedLifeMin(signals);
  out[offset + 3] = signals.torqueShare;
  out[offset + 4] = signals.forceShare;
  out[offset + 5] = signals.loadRatio;
  out[offset + 6] = signals.processRiseK;
  out[offset + 7] = signals.zoneMarginK;
  out[offset + 8] = signals.vibrationMmPerS;
  out[offset + 9] = Math.sqrt(signals.unrest);
}

/** Share that a new reading gets: that of a plain mean at first, then that of the time constant. */
function shareOf(signals: LatheSignals, dtS: number, tauS: number): number {
  return dtS / Math.min(tauS + dtS, Math.max(dtS, signals.engagedS));
}

/** Moves towards a reading; one that is unknown changes nothing. */
function towards(value: number, reading: number, share: number): number {
  return Number.isFinite(reading) ? value + share * (reading - value) : value;
}

function noticeNewTool(signals: LatheSignals, state: MachineState): void {
  const minutes = state.measured[C.toolWear]!;
  if (state.toolNo !== signals.toolNo || minutes < signals.toolMinutes - 1e-9) {
    Object.assign(signals, { ...newLatheSignals(), toolNo: state.toolNo, expectedRiseK: signals.expectedRiseK });
  }
  if (Number.isFinite(minutes)) signals.toolMinutes = minutes;
}

function readLoad(signals: LatheSignals, state: MachineState, job: JobRun, dtS: number): void {
  const { measured } = state;
  const share = shareOf(signals, dtS, TAU.load);
  const force = measured[C.cuttingForce]!;
  const rpm = measured[C.rpm]!;
  const available = availableTorqueNm(radPerS(rpm), state.machine);
  signals.torqueShare = towards(signals.torqueShare, measured[C.torque]! / available, share);
  signals.forceShare = towards(signals.forceShare, force / job.plan.tool.forceLimit, share);
  const expected = expectedForceN(signals, job);
  if (expected > 0) {
    const departure = force / expected / signals.loadRatio - 1;
    signals.unrest = towards(signals.unrest, departure * departure, shareOf(signals, dtS, TAU.unrest));
    signals.loadRatio = towards(signals.loadRatio, force / expected, share);
    leave(signals, 0, Math.log(Math.max(1e-3, signals.loadRatio)), dtS);
  }
}

/** Force of the planned cut with the wear that was read; 0 where no chip is made, for its force follows the teeth. */
function expectedForceN({ flankWearMm }: LatheSignals, { plan, pass, specificForceSharp }: JobRun): number {
  const sharp = specificForceSharp * coolantForceFactor(plan.coolant, 0) * pass.chipAreaMm2 * pass.forceFactor;
  return pass.knurl ? 0 : sharp * wearForceFactor(flankWearMm);
}

function readWear(signals: LatheSignals, state: MachineState, job: JobRun, dtS: number): void {
  const { measured } = state;
  const before = signals.lifeUsed;
  const isFirst = signals.engagedS <= dtS;
  signals.flankWearMm = towards(signals.flankWearMm, measured[C.flankWear]!, shareOf(signals, dtS, TAU.wear));
  signals.lifeUsed = lifeUsedBy(signals.flankWearMm);
  const lifeMin = taylorLife(state, job);
  if (!Number.isFinite(lifeMin)) return;
  signals.lifePerMin = towards(signals.lifePerMin, 1 / lifeMin, shareOf(signals, dtS, TAU.rate));
  if (isFirst) return;
  const reckoned = dtS / 60 / lifeMin;
  const keep = Math.exp(-reckoned / PACE_MEMORY);
  signals.reckonedWear = signals.reckonedWear * keep + reckoned;
  signals.seenWear = signals.seenWear * keep + signals.lifeUsed - before;
  const { seenWear, reckonedWear } = signals;
  const pace = (seenWear * reckonedWear + PACE_PRIOR) / (reckonedWear * reckonedWear + PACE_PRIOR);
  signals.wearPace = Math.min(PACE_RANGE.most, Math.max(PACE_RANGE.least, pace));
}

/** Tool life by Taylor's equation at the speed that was read, min; NaN where it is unknown. */
function taylorLife(state: MachineState, { plan, pass, speedFor15Min }: JobRun): number {
  if (pass.knurl) return KNURL_WHEEL_LIFE_MIN;
  const { measured } = state;
  const speed = (Math.PI * measured[C.workDiameter]! * measured[C.rpm]!) / 1000;
  if (Number.isNaN(speed)) return Number.NaN;
  const life = taylorLifeMin(speedFor15Min, speed, plan.tool.taylorN ?? 0.25, coolantLifeFactor(plan.coolant, 0));
  const zoneK = measured[C.cuttingZoneTemperature]!;
  return life / softeningDivisor(zoneK, SOFTENING_TEMPERATURE_K[plan.tool.kind]);
}

function readHeat(signals: LatheSignals, { measured }: MachineState, { plan }: JobRun, dtS: number): void {
  const share = shareOf(signals, dtS, TAU.heat);
  signals.processRiseK = towards(
    signals.processRiseK,
    measured[C.processTemperature]! - measured[C.airTemperature]!,
    share,
  );
  const softening = SOFTENING_TEMPERATURE_K[plan.tool.kind];
  signals.zoneMarginK = towards(signals.zoneMarginK, measured[C.cuttingZoneTemperature]! - softening, share);
  leave(signals, 2, signals.processRiseK - signals.expectedRiseK, dtS);
}

/** The rise that the power read would cause with the coolant that the program asks for. */
function expectHeat(signals: LatheSignals, { measured }: MachineState, { plan, phase }: JobRun, dtS: number): void {
  const rpm = measured[C.rpm]!;
  const power = measured[C.power]! - frictionTorqueNm(rpm, 0) * radPerS(rpm);
  if (Number.isNaN(power)) return;
  const resistance = toolResistance(phase === 'partChange' ? 'dry' : plan.coolant, 0);
  const target = resistance * toolHeatShare(plan.material) * Math.max(0, power);
  signals.expectedRiseK = relax(signals.expectedRiseK, target, dtS, resistance * TOOL_CAPACITY);
}

function readVibration(signals: LatheSignals, { measured }: MachineState, { plan }: JobRun, dtS: number): void {
  const reading = measured[C.vibration]!;
  signals.vibrationMmPerS = towards(signals.vibrationMmPerS, reading, shareOf(signals, dtS, TAU.vibration));
  const rpm = measured[C.rpm]!;
  const expected = totalVibration(
    unbalanceVibration(rpm, UNBALANCE_GMM),
    cuttingVibration(measured[C.cuttingForce]!, plan.material.rippleFactor, signals.flankWearMm),
    bearingVibration(rpm, 0),
    0,
  );
  leave(signals, 1, Math.log(Math.max(1e-3, signals.vibrationMmPerS) / expected), dtS);
}

/** Evens a residual out over half a minute. */
function leave(signals: LatheSignals, residual: number, value: number, dtS: number): void {
  const share = shareOf(signals, dtS, TAU.residual);
  signals.residuals[residual] = towards(signals.residuals[residual]!, value, share);
}

const WEAR_STEPS_PER_MM = 1000;
const GREATEST_WEAR_MM = 0.6;
const lifeUsedTable = Float64Array.from({ length: GREATEST_WEAR_MM * WEAR_STEPS_PER_MM + 1 }, (_, i) =>
  lifeUsedAt(i / WEAR_STEPS_PER_MM),
);

/** Life used by flank wear in mm, linear between thousandths. */
function lifeUsedBy(wearMm: number): number {
  const place = Math.min(GREATEST_WEAR_MM, Math.max(0, wearMm)) * WEAR_STEPS_PER_MM;
  const below = Math.floor(place);
  const low = lifeUsedTable[below]!;
  return low + (place - below) * ((lifeUsedTable[below + 1] ?? low) - low);
}
