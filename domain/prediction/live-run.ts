import type { JobPlan } from '../machining/plan.js';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { AnomalyWatch } from './live-anomaly.js';
import type { LiveModel } from './live-model.js';
import { LatheSignals } from './live-signals.js';

/** What a model has said of the newest tick. */
export interface Judgement {
  model: { name: string; version: string };
  /** what it was told, in the order of HISTORY_INPUTS */
  row: number[];
  lifeUsed: number;
  /** minutes in the cut that the wear curve promises, and their median by the model */
  estimateMin: number;
  remainingMin: number;
  failureProbability: number;
  inDistribution: boolean;
}

/** All of it that a checkpoint keeps: plain data. */
export interface PredictionMemory {
  signals: number[];
  anomalies: number[];
  /** null: the physical model judges, for there is no other one or the tool has hardly cut */
  judged: Judgement | null;
}

const WORST_VIBRATION = 11.2;
const VIBRATION_RANGE = 8.4;
const C = CHANNEL_INDEX;

/** The prediction for one job on one lathe, tick by tick. Free of allocation but for `memory`. */
export class RunPrediction {
  readonly signals: LatheSignals;
  readonly anomalies: AnomalyWatch;
  private model: LiveModel | null = null;
  private isTrusted = true;
  private probability = 0;
  private remainingMin = 0;

  /** @param memory - of the same job from a checkpoint; default: a job that begins */
  constructor(plan: JobPlan, memory?: PredictionMemory | null) {
    this.signals = new LatheSignals(plan, memory?.signals);
    this.anomalies = new AnomalyWatch(plan, memory?.anomalies);
  }

  /** Whether there is enough to judge by. */
  get isReady(): boolean {
    return this.signals.isReady;
  }

  /** Whether the newest tick was judged by a model that does not know its kind. */
  get isOutOfDistribution(): boolean {
    return this.model !== null && !this.isTrusted;
  }

  /** The model that has judged the newest tick; null: the physical one. */
  get judge(): LiveModel | null {
    return this.model;
  }

  get failureProbability(): number {
    return this.probability;
  }

  /** Takes in the readings of `dtS` seconds of machine time. @param channels - as the sensors tell them, in wire order */
  observe(channels: ArrayLike<number>, dtS: number): void {
    this.signals.observe(channels, dtS);
    this.anomalies.observe(channels, this.signals, dtS);
  }

  /** Leaves the newest tick to the physical model. */
  leave(): void {
    this.model = null;
  }

  /** Takes what a model has said of `signals.row`. */
  take(model: LiveModel, probability: number, isKnown: boolean): void {
    this.model = model;
    this.probability = probability;
    this.isTrusted = isKnown;
    this.remainingMin = model.medianLifeMin(this.signals.lifeUsed, this.signals.remainingMin);
  }

  /** Puts risk, health and remaining life in the place of those of physics. A broken tool needs no prediction. */
  apply(channels: Float32Array, isToolBroken: boolean): void {
    if (!this.model) return;
    applyJudgement(channels, isToolBroken, this.probability, this.signals.lifeUsed, this.remainingMin);
  }

  memory(): PredictionMemory {
    return { signals: this.signals.snapshot(), anomalies: this.anomalies.snapshot(), judged: this.judgement() };
  }

  judgement(): Judgement | null {
    if (!this.model) return null;
    const { name, version } = this.model;
    const { row, lifeUsed, remainingMin } = this.signals;
    return {
      model: { name, version },
      row: [...row],
      lifeUsed,
      estimateMin: remainingMin,
      remainingMin: this.remainingMin,
      failureProbability: this.probability,
      inDistribution: this.isTrusted,
    };
  }
}

/** Writes what a model has said into channels, those of a machine that has come to rest too. */
export function applyJudgement(
  channels: Float32Array,
  isToolBroken: boolean,
  probability: number,
  lifeUsed: number,
  remainingMin: number,
): void {
  channels[C.failureProbability] = isToolBroken ? 1 : probability;
  channels[C.remainingUsefulLife] = isToolBroken ? 0 : remainingMin;
  channels[C.health] = isToolBroken ? 0 : healthByReadings(lifeUsed, channels[C.vibration]!, probability);
}

/** Health 0..1 of the weakest: the edge as it is read, vibration, and what the model fears. */
function healthByReadings(lifeUsed: number, vibration: number, probability: number): number {
  let health = Math.min(1 - lifeUsed, 1 - probability);
  const quiet = (WORST_VIBRATION - vibration) / VIBRATION_RANGE;
  if (quiet < health) health = quiet; // never with an unknown reading
  return Math.min(1, Math.max(0, health));
}
