import { HISTORY_INPUTS } from './histories-layout.js';
import { FORETOLD_MIN } from './run-to-failure.js';

/** What was said of a lathe at one moment, and what it was said from. */
export interface PredictionSample {
  latheId: string;
  atMs: number;
  jobId: string;
  toolNo: number;
  /** minutes in the cut of the tool, as the machine counts them */
  toolMinutes: number;
  model: { name: string; version: string };
  failureProbability: number;
  /** inputs in the order of HISTORY_INPUTS */
  row: number[];
  estimateMin: number;
  flankWearMm: number;
  torqueNm: number;
  /** the job failed here */
  failure?: 'breakage' | 'drive';
  /** what a model that is not heard has said */
  challenger?: { name: string; version: string; failureProbability: number };
}

export type PlantFailure = 'wear' | 'breakage' | 'drive';

/** A tool on a lathe from its first sample to its failure, or to the last that is known of it. */
export interface ToolRun {
  latheId: string;
  toolNo: number;
  samples: PredictionSample[];
  /** null: it has not failed, or nobody knows */
  failure: { mode: PlantFailure; atMinute: number; atMs: number } | null;
}

const LIFE_USED = HISTORY_INPUTS.findIndex(({ name }) => name === 'lifeUsed');
/** A tool counts as worn out here (ISO 3685). */
const WORN = 1;
/** Minutes of a tool only fall when it is replaced; readings may tremble. */
const NEW_TOOL_MIN = 0.01;

/**
 * Puts samples together by tool. A worn tool has failed where its wear is read at the limit; what it cuts after that, and until
 * it is replaced, tells nothing of how tools fail.
 * @param samples - of any lathes, those of each in the order of time
 */
export function toolRuns(samples: Iterable<PredictionSample>): ToolRun[] {
  const runs: ToolRun[] = [];
  const open = new Map<string, { run: ToolRun; minutes: number; isWorn: boolean }>();
  for (const sample of samples) {
    const { latheId, toolNo, toolMinutes } = sample;
    const key = `${latheId} ${toolNo}`;
    let known = open.get(key);
    if (!known || toolMinutes < known.minutes - NEW_TOOL_MIN || (known.run.failure && !known.isWorn)) {
      known = { run: { latheId, toolNo, samples: [], failure: null }, minutes: toolMinutes, isWorn: false };
      open.set(key, known);
      runs.push(known.run);
    }
    known.minutes = toolMinutes;
    if (known.isWorn) continue;
    const mode = sample.failure ?? (sample.row[LIFE_USED]! >= WORN ? 'wear' : null);
    if (mode === null) {
      known.run.samples.push(sample);
      continue;
    }
    known.run.failure = { mode, atMinute: toolMinutes, atMs: sample.atMs };
    known.isWorn = mode === 'wear';
  }
  return runs.filter(({ samples, failure }) => samples.length > 0 || failure !== null);
}

/** Runs that can be learned from: those that failed and were seen within the time that is foretold before. */
export function runsToLearnFrom(runs: readonly ToolRun[]): ToolRun[] {
  return runs.filter(
    ({ failure, samples }) =>
      failure !== null && samples.some(({ toolMinutes }) => failure.atMinute - toolMinutes <= FORETOLD_MIN),
  );
}

/** Rows of those runs in the columns of HISTORY_HEADER. @param firstRun - number of the first run */
export function* plantHistoryCells(runs: readonly ToolRun[], firstRun: number): Generator<string[]> {
  for (const [i, { samples, failure, toolNo }] of runs.entries()) {
    const run = String(firstRun + i);
    for (const [n, sample] of samples.entries()) {
      const remaining = Math.max(0, failure!.atMinute - sample.toolMinutes);
      const failsSoon = remaining <= FORETOLD_MIN;
      const is = (mark: boolean) => (mark ? '1' : '0');
      yield [
        ...[`${run}-${n + 1}`, run, 'plant', 'plant', String(toolNo)],
        ...[sample.toolMinutes, ...sample.row, sample.flankWearMm, sample.torqueNm, sample.estimateMin].map(told),
        told(remaining),
        is(failsSoon),
        ...(['wear', 'breakage', 'drive'] as const).map((mode) => is(failsSoon && failure!.mode === mode)),
      ];
    }
  }
}

const told = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '0');
