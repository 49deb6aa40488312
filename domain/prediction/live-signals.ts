import { wearForceFactor } from '../machining/forces.js';
import { KNURL_WHEEL_LIFE_MIN } from '../machining/knurling.js';
import { availableTorqueNm, frictionTorqueNm, radPerS } from '../machining/machine-limits.js';
import { nominalLoad, passSpeedFor15Min } from '../machining/nominal-load.js';
import type { Pass } from '../machining/pass.js';
import { passesOf } from '../machining/passes.js';
import type { JobPlan } from '../machining/plan.js';
import { coolantLifeFactor, flankWearMm, lifeUsedAt, softeningDivisor, taylorLifeMin } from '../machining/tool-life.js';
import { SOFTENING_TEMPERATURE_K } from '../machining/tools.js';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { HISTORY_INPUTS } from './histories-layout.js';

/** Time constants of the running means, s of machine time in the cut. */
const LOAD_S = 3;
const RATIO_S = 10;
const HEAT_S = 5;
const WEAR_S = 20;
const UNREST_S = 20;
const LIFE_S = 30;
/** What a tool that enters the work stirs up is over after this, s in the cut. */
const SETTLE_S = 0.5;
/** Scatter of a steady torque; told where a job lets it change all the time. */
const CALM = 0.015;
/** Readings in the cut before the first row, s. */
const READY_S = 5;
/** Share of a life over which the pace of wear is told, and the share for which no wear has to prove that it is as expected. */
const PACE_WINDOW = 0.15;
const PACE_PRIOR = 0.0004;
const PACE_RANGE = { least: 0.2, most: 6 };
/** A tool that has cut for no longer than this began with these signals, min. */
const NEW_TOOL_MIN = 0.5;
/** Tools to learn from end at their limit: one beyond it is told as one at its limit, which it has passed, and is not strange. */
const MOST_LIFE_TOLD = 1;
/** Life used at which the fit of the wear curve ends. */
const MOST_LIFE = 1.8;

/** Numbers that are remembered between ticks. */
const M = {
  cutS: 0,
  settleS: 1,
  wear: 2,
  life: 3,
  torqueShare: 4,
  forceShare: 5,
  ratio: 6,
  ratioSquare: 7,
  heat: 8,
  zone: 9,
  vibration: 10,
  expected: 11,
  weight: 12,
  meanExpected: 13,
  meanLife: 14,
  crossed: 15,
  squared: 16,
  toolMinutes: 17,
  quick: 18,
} as const;
const MEMORY = 19;

const R = Object.fromEntries(HISTORY_INPUTS.map(({ name }, i) => [name, i])) as Record<string, number>;
const C = CHANNEL_INDEX;

/** What the plan promises of a pass, as far as it does not depend on the tick. */
interface PromisedPass {
  pass: Pass;
  speedFor15: number;
  /** torque of the sharp edge in the middle of the pass per mm of diameter there, N·m/mm */
  torquePerMm: number;
  /** N·m, where the torque does not follow the diameter: a drill */
  fixedTorqueNm: number;
}

/**
 * What a model reads of a lathe, from readings and the plan of the job alone, with the short memory that running means need.
 * Rows to learn from and rows to judge both come about here, so that they mean the same.
 * Free of allocation per tick. A reading that is unknown leaves what is remembered as it is.
 */
export class LatheSignals {
  /** inputs in the order of HISTORY_INPUTS */
  readonly row = new Float64Array(HISTORY_INPUTS.length);
  private readonly memory = new Float64Array(MEMORY);
  private readonly passes: PromisedPass[];
  private readonly coolant: number;
  private readonly softeningK: number;
  private readonly isForetold: boolean;

  /** @param memory - from `snapshot` of the same job; default: a job that begins */
  constructor(
    private readonly plan: JobPlan,
    memory?: readonly number[] | null,
  ) {
    this.passes = passesOf(plan).map((pass) => promisedOf(plan, pass));
    this.coolant = coolantLifeFactor(plan.coolant, 0);
    // threads and knurls grow from pass to pass at one diameter: what they should take cannot be told from readings
    this.isForetold = plan.cut.jobType !== 'threading' && plan.cut.jobType !== 'knurling';
    this.softeningK = SOFTENING_TEMPERATURE_K[plan.tool.kind];
    if (memory?.length === MEMORY) this.memory.set(memory);
    this.write();
  }

  /** Whether the tool has cut for long enough for `row` to mean something. */
  get isReady(): boolean {
    return this.memory[M.cutS]! >= READY_S;
  }

  get lifeUsed(): number {
    return this.memory[M.life]!;
  }

  /** Minutes in the cut until the wear limit, by the wear curve at the pace seen so far. */
  get remainingMin(): number {
    return (Math.max(0, 1 - this.memory[M.life]!) * this.row[R.expectedLife!]!) / this.row[R.wearPace!]!;
  }

  /** @param dtS - machine time since the tick before, s */
  observe(channels: ArrayLike<number>, dtS: number): void {
    const m = this.memory;
    const cutMin = this.minutesSince(channels[C.toolWear]!);
    const force = channels[C.cuttingForce]!;
    if (!(force > 0)) {
      if (force === 0) m[M.settleS] = 0;
      this.followWear(cutMin);
      return;
    }
    const isFirst = m[M.cutS] === 0;
    const settledS = m[M.settleS]!;
    m[M.settleS]! += dtS;
    m[M.cutS]! += dtS;
    const rpm = channels[C.rpm]!;
    const diameter = channels[C.workDiameter]!;
    const promised = this.passAt(diameter);
    this.mean(M.zone, channels[C.cuttingZoneTemperature]! - this.softeningK, dtS, HEAT_S, isFirst);
    this.mean(M.wear, channels[C.flankWear]!, dtS, WEAR_S, isFirst);
    this.mean(M.expected, 1 / this.lifeNow(promised, rpm, diameter), dtS, LIFE_S, isFirst);
    this.followWear(cutMin);
    if (!this.isForetold || settledS >= SETTLE_S) this.observeLoad(promised, channels, dtS, settledS - dtS < SETTLE_S);
    this.write();
  }

  private observeLoad(promised: PromisedPass, channels: ArrayLike<number>, dtS: number, hasEntered: boolean): void {
    const m = this.memory;
    const isFirst = m[M.torqueShare] === 0;
    const rpm = channels[C.rpm]!;
    const torque = channels[C.torque]!;
    this.mean(M.heat, channels[C.processTemperature]! - channels[C.airTemperature]!, dtS, HEAT_S, isFirst);
    this.mean(M.vibration, channels[C.vibration]!, dtS, LOAD_S, isFirst);
    this.mean(M.forceShare, channels[C.cuttingForce]! / this.plan.tool.forceLimit, dtS, LOAD_S, isFirst);
    this.mean(M.torqueShare, torque / availableTorqueNm(radPerS(rpm), this.plan.machine), dtS, LOAD_S, isFirst);
    const sharp = promised.fixedTorqueNm || promised.torquePerMm * channels[C.workDiameter]!;
    const ratio = this.isForetold ? torque / (sharp * wearForceFactor(m[M.wear]!) + frictionTorqueNm(rpm, 0)) : 1;
    this.mean(M.ratio, ratio, dtS, RATIO_S, isFirst);
    this.followUnrest(ratio, hasEntered, dtS, isFirst);
  }

  /** Plain numbers for a checkpoint. */
  snapshot(): number[] {
    return [...this.memory];
  }

  /** Scatter about a quick mean, which each entry into the work begins anew. */
  private followUnrest(ratio: number, hasEntered: boolean, dtS: number, isFirst: boolean): void {
    const m = this.memory;
    if (!this.isForetold || isFirst) m[M.ratioSquare] = CALM * CALM;
    if (!this.isForetold || !Number.isFinite(ratio)) return;
    if (!isFirst && !hasEntered) {
      const off = ratio / m[M.quick]! - 1;
      this.mean(M.ratioSquare, off * off, dtS, UNREST_S, false);
    }
    this.mean(M.quick, ratio, dtS, LOAD_S, isFirst || hasEntered);
  }

  /** Minutes in the cut since the tick before, as the machine counts them; they only fall when the tool is replaced. */
  private minutesSince(minutes: number): number {
    const m = this.memory;
    const before = m[M.toolMinutes]!;
    if (!(minutes >= 0)) return 0;
    if (minutes < before - 0.01) {
      m.fill(0);
      this.write();
    }
    const isKnown = m[M.toolMinutes]! > 0 || minutes < NEW_TOOL_MIN;
    m[M.toolMinutes] = minutes;
    return isKnown && minutes > before ? minutes - before : 0;
  }

  private mean(at: number, value: number, dtS: number, tauS: number, isFirst: boolean): void {
    if (!Number.isFinite(value)) return;
    if (isFirst) this.memory[at] = value;
    else this.memory[at]! += (value - this.memory[at]!) * (1 - Math.exp(-dtS / tauS));
  }

  private passAt(diameterMm: number): PromisedPass {
    const { passes } = this;
    let nearest = passes[0]!;
    if (passes.length === 1) return nearest;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < passes.length; i++) {
      const distance = Math.abs(passes[i]!.pass.diameterMm - diameterMm);
      if (distance < least) {
        least = distance;
        nearest = passes[i]!;
      }
    }
    return nearest;
  }

  /** Tool life that Taylor's equation promises at the speed and heat of the moment, min. */
  private lifeNow({ pass, speedFor15 }: PromisedPass, rpm: number, diameterMm: number): number {
    if (pass.knurl) return KNURL_WHEEL_LIFE_MIN;
    const speed = (Math.PI * (pass.deepHoleDiameterMm > 0 ? pass.diameterMm : diameterMm) * rpm) / 1000;
    const life = taylorLifeMin(speedFor15, speed, this.plan.tool.taylorN ?? 0.25, this.coolant);
    return life / softeningDivisor(this.memory[M.zone]! + this.softeningK, this.softeningK);
  }

  /** Slope of life used over life promised, in a window that forgets; one where there is nothing to tell it from yet. */
  private followWear(cutMin: number): void {
    const m = this.memory;
    m[M.life] = lifeAt(m[M.wear]!);
    const step = cutMin * m[M.expected]!;
    if (!(step > 0)) return;
    const keep = Math.exp(-step / PACE_WINDOW);
    const expected = (m[M.weight]! > 0 ? m[M.meanExpected]! : 0) + step;
    // everything is kept relative to the present point, so that sums stay small however long the tool lasts
    const weight = m[M.weight]! * keep;
    const total = weight + step;
    const share = step / total;
    const offE = m[M.weight]! > 0 ? expected : 0;
    const offL = m[M.weight]! > 0 ? m[M.life]! - m[M.meanLife]! : 0;
    m[M.crossed] = (1 - share) * (m[M.crossed]! + share * offE * offL);
    m[M.squared] = (1 - share) * (m[M.squared]! + share * offE * offE);
    m[M.meanLife] = m[M.weight]! > 0 ? m[M.meanLife]! + share * offL : m[M.life]!;
    m[M.meanExpected] = offE - share * offE; // distance from the mean to the present point
    m[M.weight] = total;
  }

  private write(): void {
    const { memory: m, row } = this;
    const slope = (m[M.crossed]! + PACE_PRIOR) / (m[M.squared]! + PACE_PRIOR);
    row[R.lifeUsed!] = Math.min(MOST_LIFE_TOLD, m[M.life]!);
    row[R.wearPace!] = Math.min(PACE_RANGE.most, Math.max(PACE_RANGE.least, slope));
    row[R.expectedLife!] = m[M.expected]! > 0 ? 1 / m[M.expected]! : 0;
    row[R.torqueShare!] = m[M.torqueShare]!;
    row[R.forceShare!] = m[M.forceShare]!;
    row[R.loadRatio!] = m[M.ratio]!;
    row[R.processRise!] = m[M.heat]!;
    row[R.zoneMargin!] = m[M.zone]!;
    row[R.vibration!] = m[M.vibration]!;
    row[R.unrest!] = Math.sqrt(m[M.ratioSquare]!);
  }
}

function promisedOf(plan: JobPlan, pass: Pass): PromisedPass {
  const half = nominalLoad(plan, pass, pass.travelMm / 2, 0);
  const diameterMm = pass.diameterMm + (pass.diameterPerTravel * pass.travelMm) / 2;
  const isDrill = pass.deepHoleDiameterMm > 0;
  return {
    pass,
    speedFor15: pass.knurl ? 0 : passSpeedFor15Min(plan, pass),
    torquePerMm: half.cuttingTorqueNm / Math.max(1, diameterMm),
    fixedTorqueNm: isDrill ? half.cuttingTorqueNm : 0,
  };
}

/** Life used by flank wear in steps of half a hundredth of a millimetre: `lifeUsedAt` is too slow for every tick. */
const STEP_MM = 0.005;
const LIVES = Float64Array.from({ length: 121 }, (_, i) => lifeUsedAt(Math.min(i * STEP_MM, flankWearMm(MOST_LIFE))));

function lifeAt(wearMm: number): number {
  const place = Math.min(LIVES.length - 1, Math.max(0, wearMm / STEP_MM));
  const i = Math.min(LIVES.length - 2, Math.floor(place));
  return LIVES[i]! + (place - i) * (LIVES[i + 1]! - LIVES[i]!);
}
