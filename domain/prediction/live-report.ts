import type { PredictionDto, ReasonDto } from '../contract/prediction.js';
import { HORIZON_MIN } from '../machining/failure.js';
import type { MachineState } from '../machining/machine-types.js';
import { activeTool } from '../machining/tool-state.js';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { adviseAgainst } from './live-advice.js';
import { type AnomalyScore, anomalyScores } from './live-anomaly.js';
import type { LiveModel } from './live-model.js';
import { PHYSICAL_MODES, physicalPrediction, riskWithNewTool } from './live-physical.js';
import type { Judgement, PredictionMemory } from './live-run.js';
import { nearestLimit } from './nearest-limit.js';

/** A prediction but for which lathe it is of, when, and what came before. */
export type PredictionReport = Omit<PredictionDto, 'latheId' | 'jobId' | 'at' | 'trend'>;

/** Risk from which a likely way of failure is worth naming. */
const WORTH_NAMING = 0.02;
const WORTH_ADVICE = 0.05;

/** What is to be said of a lathe, by the model where it can judge, else by physics. */
export function predictionReport(
  machine: MachineState,
  memory: PredictionMemory | null,
  model: LiveModel | null,
): PredictionReport {
  const judged = memory?.judged ?? null;
  if (activeTool(machine).broken) return physicalReport(machine, memory, 'The tool is broken.');
  if (!model) return physicalReport(machine, memory, 'No trained model is active.');
  if (!judged)
    return physicalReport(machine, memory, 'The tool has hardly cut: a model needs a few seconds in the cut.');
  return trainedReport(machine, memory!, judged, model);
}

function trainedReport(
  machine: MachineState,
  memory: PredictionMemory,
  { row, lifeUsed, estimateMin }: Judgement,
  model: LiveModel,
): PredictionReport {
  const { probability, interval, modes } = model.judge(row);
  const { base, contributions } = model.explain(row);
  const predict = (rows: readonly Float64Array[]) => {
    const all = new Float64Array(rows.length * model.width);
    for (const [i, each] of rows.entries()) all.set(each, i * model.width);
    const out = new Float64Array(rows.length);
    model.probabilities(all, rows.length, out);
    return out;
  };
  return {
    horizonMinutes: HORIZON_MIN,
    failureProbability: probability,
    interval,
    threshold: model.threshold,
    modes,
    modeLabels: Object.fromEntries(model.model.classification!.modes.map(({ name, label }) => [name, label])),
    likelyMode: likeliest(modes, probability),
    rulMinutes: model.remainingLife(lifeUsed, estimateMin),
    ...anomaliesOf(memory),
    inDistribution: model.isKnown(row),
    outOfRange: model.strangers(row).map(strangerWords),
    nearestLimit: limitWords(model, row),
    base,
    explanation: contributions.map(({ feature, label, contribution }) => ({
      feature,
      label,
      contribution,
      ...leadingReading(model, feature, row),
    })),
    counterfactual: adviseAgainst(row, probability, presentCut(machine), predict),
    model: { name: model.name, version: model.version, kind: 'trained' },
  };
}

function physicalReport(machine: MachineState, memory: PredictionMemory | null, note: string): PredictionReport {
  const prediction = physicalPrediction(machine);
  const { probability, interval, modes, remaining, reasons } = prediction;
  const fresh = probability >= WORTH_ADVICE ? riskWithNewTool(prediction, activeTool(machine).lifeMin) : null;
  return {
    horizonMinutes: HORIZON_MIN,
    failureProbability: probability,
    interval,
    threshold: null,
    modes,
    modeLabels: { ...PHYSICAL_MODES },
    likelyMode: likeliest(modes, probability),
    rulMinutes: remaining ?? { p10: null, p50: null, p90: null },
    ...anomaliesOf(memory),
    inDistribution: true,
    outOfRange: [],
    nearestLimit: null,
    base: 0,
    explanation: reasons,
    counterfactual: fresh === null ? [] : [`A new tool brings the risk to ${(100 * fresh).toFixed(1)} %.`],
    model: { name: 'physical', version: '1', kind: 'physical' },
    note,
  };
}

function likeliest(modes: Readonly<Record<string, number>>, risk: number): string | null {
  if (risk < WORTH_NAMING) return null;
  const [first] = Object.entries(modes).sort(([, a], [, b]) => b - a);
  return first ? first[0] : null;
}

function anomaliesOf(memory: PredictionMemory | null): { anomalyScore: number; anomalies: AnomalyScore[] } {
  const anomalies = anomalyScores(memory?.anomalies ?? []);
  return { anomalies, anomalyScore: Math.max(...anomalies.map(({ score }) => score)) };
}

/** Of the readings of a group the one that stands farthest from what is usual. */
function leadingReading(
  { model }: LiveModel,
  group: string,
  row: readonly number[],
): Pick<ReasonDto, 'value' | 'reading' | 'unit'> {
  const { mean, spread } = model.features;
  let leading = -1;
  let farthest = -1;
  for (const [i, input] of model.inputs.entries()) {
    const distance = Math.abs((row[i]! - mean[i]!) / spread[i]!);
    if (input.group === group && distance > farthest) {
      leading = i;
      farthest = distance;
    }
  }
  const input = model.inputs[leading];
  return { value: row[leading] ?? null, reading: input?.label ?? '', unit: input?.unit ?? '' };
}

function presentCut({ measured, job }: MachineState) {
  const known = (value: number) => (value > 0 ? value : null);
  const speed = (Math.PI * measured[CHANNEL_INDEX.workDiameter]! * measured[CHANNEL_INDEX.rpm]!) / 1000;
  return {
    torqueNm: known(measured[CHANNEL_INDEX.torque]!),
    cuttingSpeedMPerMin: known(speed),
    taylorN: job?.plan.tool.taylorN ?? null,
  };
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

const told = (value: number, unit: string): string =>
  unit === '1' ? `${Math.round(100 * value)} %` : `${short(value)} ${unit}`;

function limitWords({ model }: LiveModel, row: readonly number[]): string | null {
  const nearest = nearestLimit(model, row);
  if (!nearest) return null;
  const { label, unit, value, limit, mode } = nearest;
  const way = model.classification?.modes.find(({ name }) => name === mode)?.label ?? mode;
  return `${label}: ${told(value, unit)}, with a learned limit at ${told(limit, unit)} (${way})`;
}

function strangerWords({ label, unit, value, min, max }: ReturnType<LiveModel['strangers']>[number]): string {
  const isShare = unit === '1';
  const told = (number: number) => (isShare ? String(Math.round(100 * number)) : short(number));
  const least = unit === 'K' ? min : Math.max(0, min); // the margin of a range may reach below what can be
  return `${label}: ${told(value)} ${isShare ? '%' : unit}, learned from ${told(least)} to ${told(max)}`;
}
