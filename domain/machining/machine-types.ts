import type { FaultType } from '../contract/enums.js';
import type { ChannelName } from '../telemetry/channels.js';
import type { MachineEvent } from './events.js';
import type { MachineLimits } from './machine-limits.js';
import type { Pass } from './pass.js';
import type { PassFigures } from './pass-figures.js';
import type { JobPlan } from './plan.js';
import type { RandomStreams } from './random.js';

/** A tool in the turret and what has become of it. */
export interface ToolState {
  toolNo: number;
  /** u, life used: 0 new, 1 at the wear limit */
  lifeUsed: number;
  /** VB, mm */
  flankWearMm: number;
  /** minutes in the cut */
  minutes: number;
  /** this tool's life per that of the average tool */
  lifeFactor: number;
  /** minutes at which the AI4I rule calls this tool worn, 200..240 */
  wearRuleMinutes: number;
  /** tool life at the present or last cutting conditions, min; 0 before the first cut */
  lifeMin: number;
  broken: boolean;
  chipped: boolean;
  wornReported: boolean;
}

/** Lumped temperatures, K. */
export interface ThermalNodes {
  air: number;
  spindle: number;
  /** tool and holder: the process temperature */
  tool: number;
  work: number;
  coolant: number;
  /** interface of tool and chip */
  zone: number;
}

/** A fault that somebody injected; times are those of the machine clock, s. */
export interface ActiveFault {
  id: number;
  type: FaultType;
  severity: number;
  channel: ChannelName;
  startS: number;
  rampS: number;
  /** null: until it is ended */
  endS: number | null;
  started: boolean;
  /** last reading before a stuck sensor stuck; null before its start or where it was unknown */
  heldValue: number | null;
}

export type JobRunStatus = 'running' | 'completed' | 'toolBroken' | 'tripped';
export type CyclePhase = 'approach' | 'cut' | 'retract' | 'partChange' | 'feedHold';

/** A job on the machine. */
export interface JobRun {
  plan: JobPlan;
  status: JobRunStatus;
  seed: number;
  noise: boolean;
  diameterHeld: boolean;
  estimatedS: number;
  elapsedS: number;
  /** seconds in the cut */
  engagedS: number;
  /** spindle energy, J */
  energyJ: number;
  tick: number;
  partsDone: number;
  phase: CyclePhase;
  phaseS: number;
  passNo: number;
  pass: Pass;
  /** what follows from plan and pass; not part of a snapshot */
  figures: PassFigures;
  /** feed travel done in this pass, mm */
  travelMm: number;
  /** share of the full force since the tool entered, 0..1 */
  engagement: number;
  /** this workpiece's specific force per that of the material */
  workpieceFactor: number;
  overloadS: number;
  /** feed holds one after another in this pass */
  feedHolds: number;
  /** seconds left of the torque spike and of the burst of vibration that a breakage makes */
  spikeS: number;
  burstS: number;
  spikeTorqueNm: number;
  burstMmPerS: number;
  /** how long the spindle turns in feed hold after a breakage, and what is left of it, s */
  runOutAfterBreakageS: number;
  runOutS: number;
  /** of spindle, chuck and workpiece, kg·m² */
  inertiaKgM2: number;
  chatterAmplitudeMm: number;
  chattering: boolean;
  chatterReported: boolean;
  spindleHotReported: boolean;
  /** this job is the one in a thousand of the AI4I random-failure rule */
  randomFailure: boolean;
}

/** What the cut does at the moment; all zero in air. */
export interface CutNow {
  engaged: boolean;
  feedRateMmPerMin: number;
  cuttingForceN: number;
  feedForceN: number;
  passiveForceN: number;
  cuttingTorqueNm: number;
  spindleTorqueNm: number;
  spindlePowerW: number;
  removalRateCm3PerMin: number;
  cuttingSpeedMPerMin: number;
  vibrationMmPerS: number;
  /** chip width per stability limit */
  chatterRatio: number;
  /** temperature that the cutting zone would come to, K; 0 before the first cut */
  zoneTargetK: number;
  /** motor torque available, N·m */
  availableTorqueNm: number;
  failureProbability: number;
  health: number;
}

/** What the stages of a tick and of its inner steps hand on to each other. */
export interface InnerStep {
  /** length of the tick, s */
  tickS: number;
  /** time of the tick that is still to come, this step included, s */
  leftS: number;
  /** time in the cut within the tick, s */
  engagedS: number;
  /** length of the step, s */
  lengthS: number;
  /** feed of a tool in the cut, 0 in air */
  feedRateMmPerS: number;
  /** spindle speed that the program commands, 1/min */
  commandRpm: number;
  /** spindle torque at its start, N·m */
  torqueBeforeNm: number;
  /** mean spindle speed over the step, 1/min */
  meanRpm: number;
  /** mean share of the full force over the step, 0..1 */
  engagement: number;
  /** mean cutting power over the step, W */
  powerW: number;
  /** rise of the cutting zone over the work that the cut would hold, K */
  riseK: number;
  /** kc with wear and coolant, N/mm²; 0 in air and in forming */
  specificForce: number;
}

/** What all active faults together do to the physics; neutral values where there is none. */
export interface FaultEffects {
  /** 0..1 */
  coolantLoss: number;
  /** multiplies the unbalance */
  unbalanceFactor: number;
  /** greatest severity of imbalance, for the finish */
  imbalance: number;
  /** multiplies the stability limit */
  stabilityFactor: number;
  /** multiplies the specific force: hard spots */
  hardnessFactor: number;
  /** share of the speed that the belt loses */
  slip: number;
}

/**
 * One lathe between and during jobs. `step` changes it in place; whatever lives longer than a job (tools, bearing, heat,
 * clock) stays in it when a job ends.
 */
export interface MachineState {
  machine: MachineLimits;
  seed: number;
  /** machine time since creation, s */
  clockS: number;
  /** time of day at creation, s: phase of the daily air cycle */
  clockOffsetS: number;
  airMeanK: number;
  random: RandomStreams;
  /** AR(1) state of each sensor in standard deviations, in the order of the random streams */
  sensorNoise: Float64Array;
  /** motor-side spindle speed, rad/s */
  spindleRadPerS: number;
  /** speed of the work, 1/min: less where the belt slips */
  rpm: number;
  nodes: ThermalNodes;
  /** wb, 0..1 */
  bearingWear: number;
  /** overload heat of the drive, s */
  thermalTripS: number;
  toolNo: number;
  tools: ToolState[];
  /** tool tip: x as a diameter, z from the chuck face, mm */
  x: number;
  z: number;
  workDiameterMm: number;
  cut: CutNow;
  effects: FaultEffects;
  faults: ActiveFault[];
  nextFaultId: number;
  job: JobRun | null;
  events: MachineEvent[];
  /** channel values in the order of CHANNELS: as they are, and as the sensors tell */
  truth: Float64Array;
  measured: Float64Array;
}

export interface CreateMachineOptions {
  /** mean air temperature, K, 253..323; default 300 */
  airTemperatureK?: number;
  /** default DEFAULT_MACHINE */
  machine?: MachineLimits;
  /** time of day, s; default 0: the air at its daily mean, rising */
  timeOfDayS?: number;
}
