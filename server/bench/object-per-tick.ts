import { COOLANTS } from '#domain/machining/coolants.js';
import { failureProbability, healthOf } from '#domain/machining/failure.js';
import { coolantForceFactor, cutLoad, emptyLoad } from '#domain/machining/forces.js';
import {
  COOLANT_HEAT_SHARE,
  COOLANT_RESISTANCE,
  cookRiseK,
  relax,
  SPINDLE_RESISTANCE,
  spindleHeatW,
  TOOL_CAPACITY,
  toolHeatShare,
  toolResistance,
  WORK_HEAT_SHARE,
  workResistance,
  ZONE_LIMIT_SHARE,
  zoneCoolingFactor,
} from '#domain/machining/heat.js';
import { availableTorqueNm, continuousTorqueNm, frictionTorqueNm, radPerS } from '#domain/machining/machine-limits.js';
import type { JobRun, MachineState, ThermalNodes, ToolState } from '#domain/machining/machine-types.js';
import type { PassFigures } from '#domain/machining/pass-figures.js';
import { nextGaussian, nextUniform, type RandomStreams, STREAM } from '#domain/machining/random.js';
import { stabilityLimitMm } from '#domain/machining/stability.js';
import { coolantLifeFactor, flankWearMm, softeningDivisor, taylorLifeMin } from '#domain/machining/tool-life.js';
import { SOFTENING_TEMPERATURE_K } from '#domain/machining/tools.js';
import {
  bearingVibration,
  chatterTargetMm,
  chatterVibration,
  cuttingVibration,
  processDamping,
  TURNING_DYNAMICS,
  totalVibration,
  UNBALANCE_GMM,
  unbalanceVibration,
} from '#domain/machining/vibration.js';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';

/**
 * The peer of the bench: the tick as one would write it first, every tick a new state and a new reading out of the old
 * ones, by the same equations. It knows one thing only, turning with the diameter held: all that the bench runs it on.
 */
export interface PlainLathe {
  job: Pick<JobRun, 'plan' | 'pass' | 'workpieceFactor' | 'estimatedS'> &
    Pick<PassFigures, 'specificForceSharp' | 'speedFor15Min'>;
  machine: MachineState['machine'];
  random: RandomStreams;
  clockS: number;
  airMeanK: number;
  rpm: number;
  tool: ToolState;
  nodes: ThermalNodes;
  noise: Record<NoisySensor, number>;
  weather: number;
  travelMm: number;
  engagement: number;
  elapsedS: number;
  engagedS: number;
  energyJ: number;
  thermalTripS: number;
  chatterAmplitudeMm: number;
}

export type Reading = Record<ChannelName, number>;
type NoisySensor = 'torque' | 'rpm' | 'vibration' | 'processTemperature' | 'cuttingZoneTemperature' | 'flankWear';

const NOISE_TAU_S = { torque: 0.5, rpm: 1, vibration: 1, processTemperature: 2, cuttingZoneTemperature: 2 } as const;

/** The same lathe in plain objects. */
export function plainLatheOf(state: MachineState): PlainLathe {
  const job = state.job!;
  const { plan, pass, workpieceFactor, estimatedS } = job;
  const { specificForceSharp, speedFor15Min } = job.figures;
  const { travelMm, engagement, elapsedS, engagedS, energyJ, chatterAmplitudeMm } = job;
  const { machine, clockS, airMeanK, rpm, thermalTripS } = state;
  const sensor = (name: NoisySensor): number => state.sensorNoise[STREAM[name]]!;
  return {
    job: { plan, pass, specificForceSharp, speedFor15Min, workpieceFactor, estimatedS },
    machine,
    random: state.random.slice(),
    clockS,
    airMeanK,
    rpm,
    tool: { ...state.tools[state.toolNo - 1]! },
    nodes: { ...state.nodes },
    noise: {
      torque: sensor('torque'),
      rpm: sensor('rpm'),
      vibration: sensor('vibration'),
      processTemperature: sensor('processTemperature'),
      cuttingZoneTemperature: sensor('cuttingZoneTemperature'),
      flankWear: sensor('flankWear'),
    },
    weather: state.sensorNoise[STREAM.airTemp]!,
    travelMm,
    engagement,
    elapsedS,
    engagedS,
    energyJ,
    thermalTripS,
    chatterAmplitudeMm,
  };
}

/** One tick of a lathe in the cut, at its speed. */
export function plainTick(lathe: PlainLathe, dtS: number): { lathe: PlainLathe; truth: Reading; measured: Reading } {
  const { job, rpm, tool, random } = lathe;
  const { plan, pass } = job;
  const clockS = lathe.clockS + dtS;
  const keep = Math.exp(-dtS / 3600);
  const weather = keep * lathe.weather + Math.sqrt(1 - keep * keep) * nextGaussian(random, STREAM.airTemp);
  const air = lathe.airMeanK + 3 * Math.sin((2 * Math.PI * clockS) / 86_400) + 2 * clip(weather);

  const travelMm = (lathe.travelMm + (pass.feedMm * rpm * dtS) / 60) % pass.travelMm;
  const specificForceSharp = job.specificForceSharp * job.workpieceFactor;
  const coolantFactor = coolantForceFactor(plan.coolant, 0);
  const conditions = {
    specificForceSharp,
    flankWearMm: tool.flankWearMm,
    coolantFactor,
    forceFactor: 1,
    travelMm,
    rpm,
  };
  const load = cutLoad(pass, conditions, emptyLoad());
  const entryS = 60 / rpm;
  const decay = Math.exp(-dtS / entryS);
  const missing = 1 - lathe.engagement;
  const meanEngagement = 1 - (missing * (1 - decay) * entryS) / dtS;
  const engagement = 1 - missing * decay;
  const powerW = load.cuttingPowerW * meanEngagement;
  const cooling = zoneCoolingFactor(plan.coolant, 0);
  const riseK =
    meanEngagement *
    cookRiseK(
      plan.material,
      specificForceSharp * coolantFactor,
      Math.min(tool.flankWearMm, 0.6),
      load.cuttingSpeedMPerMin,
      pass.chipThicknessMm,
      cooling,
    );
  const worn = wear(lathe, load.cuttingSpeedMPerMin, dtS);

  const cuttingTorqueNm = load.cuttingTorqueNm * engagement;
  const torqueNm = cuttingTorqueNm + frictionTorqueNm(rpm, 0);
  const speed = radPerS(rpm);
  const spindlePowerW = torqueNm * speed;
  const available = availableTorqueNm(speed, lathe.machine);
  const nodes = warm(
    { ...lathe.nodes, air },
    plan,
    powerW,
    riseK,
    torqueNm - cuttingTorqueNm,
    speed,
    spindlePowerW,
    dtS,
  );

  const stable = stabilityLimitMm(plan, pass, load.specificForce)!;
  const ratio = pass.chipWidthMm / (stable * processDamping(rpm));
  const chatterAmplitudeMm = relax(lathe.chatterAmplitudeMm, chatterTargetMm(ratio, pass.chipThicknessMm), dtS, 0.5);
  const vibration = totalVibration(
    unbalanceVibration(rpm, UNBALANCE_GMM),
    cuttingVibration(load.cuttingForceN * engagement, plan.material.rippleFactor, Math.min(worn.flankWearMm, 0.6)),
    bearingVibration(rpm, 0),
    chatterVibration(chatterAmplitudeMm, TURNING_DYNAMICS.naturalHz),
  );
  const overload = torqueNm / continuousTorqueNm(speed, lathe.machine);
  nextUniform(random, STREAM.hazard);
  const elapsedS = lathe.elapsedS + dtS;

  const truth: Reading = {
    rpm,
    feedRate: pass.feedMm * rpm,
    torque: torqueNm,
    power: spindlePowerW,
    cuttingForce: load.cuttingForceN * engagement,
    airTemperature: air,
    processTemperature: nodes.tool,
    vibration,
    toolWear: worn.minutes,
    flankWear: worn.flankWearMm,
    failureProbability: failureProbability(worn.lifeUsed, worn.lifeMin, false, 0, torqueNm / available, nodes.spindle),
    health: healthOf(worn.lifeUsed, 0, nodes.spindle, vibration, false),
    remainingUsefulLife: Math.max(0, 1 - worn.lifeUsed) * worn.lifeMin,
    progress: Math.min(1, elapsedS / job.estimatedS),
    x: pass.diameterMm - 2 * pass.depthMm,
    z: plan.workLengthMm - travelMm,
    cuttingZoneTemperature: nodes.zone,
    workDiameter: pass.diameterMm,
  };
  const noise = nextNoise(lathe, dtS);
  return {
    lathe: {
      ...lathe,
      clockS,
      weather,
      travelMm,
      engagement,
      elapsedS,
      tool: worn,
      nodes,
      noise,
      chatterAmplitudeMm,
      engagedS: lathe.engagedS + dtS,
      energyJ: lathe.energyJ + (powerW + spindlePowerW - cuttingTorqueNm * speed) * dtS,
      thermalTripS: Math.max(0, lathe.thermalTripS + (overload * overload - 1) * dtS),
    },
    truth,
    measured: withNoise(truth, noise),
  };
}

function wear({ job, tool, nodes }: PlainLathe, cuttingSpeedMPerMin: number, dtS: number): ToolState {
  const { plan } = job;
  const coolant = coolantLifeFactor(plan.coolant, 0);
  const life = taylorLifeMin(job.speedFor15Min, cuttingSpeedMPerMin, plan.tool.taylorN ?? 0.25, coolant);
  const lifeMin = (life * tool.lifeFactor) / softeningDivisor(nodes.zone, SOFTENING_TEMPERATURE_K[plan.tool.kind]);
  const lifeUsed = tool.lifeUsed + dtS / 60 / lifeMin;
  return { ...tool, lifeMin, lifeUsed, minutes: tool.minutes + dtS / 60, flankWearMm: flankWearMm(lifeUsed) };
}

function warm(
  nodes: ThermalNodes,
  plan: JobRun['plan'],
  powerW: number,
  riseK: number,
  frictionNm: number,
  speed: number,
  spindlePowerW: number,
  dtS: number,
): ThermalNodes {
  const { coolant, material } = plan;
  const flooded = coolant === 'flood' ? 1 : 0;
  const around = nodes.air + flooded * (nodes.coolant - nodes.air);
  const toolR = toolResistance(coolant, 0);
  const diameterM = plan.workDiameterMm / 1000;
  const lengthM = plan.heatedLengthMm / 1000;
  const workR = workResistance(COOLANTS[coolant].workFilm, Math.PI * diameterM * lengthM);
  const workTauS = (workR * material.density * Math.PI * diameterM * diameterM * lengthM * material.specificHeat) / 4;
  const carried =
    COOLANT_HEAT_SHARE * powerW + (nodes.tool - nodes.coolant) / toolR + (nodes.work - nodes.coolant) / workR;
  const coolantK = relax(nodes.coolant, nodes.air + flooded * carried * COOLANT_RESISTANCE, dtS, 4000);
  const reached = relax(nodes.work, around + workR * WORK_HEAT_SHARE * powerW, dtS, workTauS);
  const work = Math.max(reached, Math.min(nodes.air, coolantK));
  const zoneTarget = Math.min(work + riseK, ZONE_LIMIT_SHARE * material.limitTemperature);
  const spindleHeat = spindleHeatW(frictionNm, speed, spindlePowerW);
  return {
    air: nodes.air,
    coolant: coolantK,
    tool: relax(nodes.tool, around + toolR * toolHeatShare(material) * powerW, dtS, toolR * TOOL_CAPACITY),
    work,
    spindle: relax(nodes.spindle, nodes.air + SPINDLE_RESISTANCE * spindleHeat, dtS, 2400),
    zone: Math.max(relax(nodes.zone, zoneTarget, dtS, 0.8), work),
  };
}

function nextNoise({ noise, random }: PlainLathe, dtS: number): PlainLathe['noise'] {
  const next = (name: keyof typeof NOISE_TAU_S): number => {
    const keep = Math.exp(-dtS / NOISE_TAU_S[name]);
    return keep * noise[name] + Math.sqrt(1 - keep * keep) * nextGaussian(random, STREAM[name]);
  };
  return {
    torque: next('torque'),
    rpm: next('rpm'),
    vibration: next('vibration'),
    processTemperature: next('processTemperature'),
    cuttingZoneTemperature: next('cuttingZoneTemperature'),
    flankWear: nextGaussian(random, STREAM.flankWear),
  };
}

function withNoise(truth: Reading, noise: PlainLathe['noise']): Reading {
  const torque = truth.torque * (1 + 0.015 * clip(noise.torque));
  const rpm = truth.rpm * (1 + 0.001 * clip(noise.rpm));
  return {
    ...truth,
    rpm,
    torque,
    power: (torque * rpm * 2 * Math.PI) / 60,
    feedRate: truth.feedRate * (1 + 0.001 * clip(noise.rpm)),
    cuttingForce: truth.cuttingForce * (1 + 0.015 * clip(noise.torque)),
    vibration: truth.vibration * (1 + 0.05 * clip(noise.vibration)),
    processTemperature: truth.processTemperature + 0.3 * clip(noise.processTemperature),
    cuttingZoneTemperature: truth.cuttingZoneTemperature * (1 + 0.008 * clip(noise.cuttingZoneTemperature)),
    flankWear: Math.max(0, truth.flankWear + 0.005 * clip(noise.flankWear)),
  };
}

const clip = (value: number): number => Math.min(4, Math.max(-4, value));

/** Greatest relative difference between a reading and channels in the stream's order. */
export function differenceOf(reading: Reading, channels: Float64Array): number {
  return Math.max(
    ...CHANNEL_NAMES.map((name, i) => Math.abs(reading[name] - channels[i]!) / Math.max(1e-9, Math.abs(channels[i]!))),
  );
}
