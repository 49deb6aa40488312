import type { ScoreDto } from '../contract/prediction-model.js';
import { quantileOfSorted } from '../statistics/describe.js';
import type { ToolRun } from './live-history.js';
import { FORETOLD_MIN } from './run-to-failure.js';

/** What a person has said of a warning, by its acknowledgement. */
export type Verdict = 'true' | 'false' | 'late';

/** A risk alert and what was said of it. */
export interface JudgedAlert {
  latheId: string;
  atMs: number;
  verdict: Verdict;
}

/** Minutes in the cut before a failure within which a warning counts as one of it. */
const TIMELY_MIN = 2 * FORETOLD_MIN;
/** Samples below the threshold after which a warning is over. */
const QUIET_SAMPLES = 4;
/** A verdict belongs to a warning that began no longer than this before the alert, or after it: alerts wait for a delay. */
const SAME_MS = 15 * 60_000;

interface Warning {
  latheId: string;
  fromMs: number;
  untilMs: number;
  fromMinute: number;
  untilMinute: number;
}

/** Words of an acknowledgement that tell whether the warning was right. */
export function verdictOf(comment: string | undefined): Verdict | null {
  const [word = ''] = /^(true|false|late)\b/i.exec(comment?.trim() ?? '') ?? [];
  return word ? (word.toLowerCase() as Verdict) : null;
}

/**
 * How good predictions were over runs of tools.
 * @param risks - what counts as said, per sample of each run; null: nothing was said
 * @param verdicts - of people, who overrule what happened
 */
export function scoreOf(
  runs: readonly ToolRun[],
  risks: readonly (readonly (number | null)[])[],
  threshold: number,
  verdicts: readonly JudgedAlert[],
): ScoreDto {
  const score = { warnings: 0, confirmed: 0, false: 0, open: 0, failures: 0, warned: 0 };
  const leads: number[] = [];
  let squares = 0;
  let known = 0;
  for (const [i, run] of runs.entries()) {
    const said = risks[i]!;
    const warnings = warningsOf(run, said, threshold);
    const { failure } = run;
    score.warnings += warnings.length;
    for (const warning of warnings) score[outcomeOf(warning, run, verdicts)]++;
    if (failure && said.some((risk) => risk !== null)) {
      score.failures++;
      const standing = warnings.find(
        ({ fromMinute, untilMinute }) =>
          untilMinute >= failure.atMinute - 2 && failure.atMinute - fromMinute <= TIMELY_MIN,
      );
      if (standing) {
        score.warned++;
        leads.push(failure.atMinute - standing.fromMinute);
      }
    }
    for (const [n, { toolMinutes }] of run.samples.entries()) {
      const risk = said[n];
      const outcome = outcomeWithin(run, toolMinutes);
      if (risk === null || risk === undefined || outcome === null) continue;
      squares += (risk - outcome) ** 2;
      known++;
    }
  }
  leads.sort((a, b) => a - b);
  const judged = score.confirmed + score.false;
  return {
    ...score,
    precision: judged > 0 ? score.confirmed / judged : null,
    recall: score.failures > 0 ? score.warned / score.failures : null,
    leadMinutes: leads.length > 0 ? { p10: quantileOfSorted(leads, 0.1), median: quantileOfSorted(leads, 0.5) } : null,
    brier: known > 0 ? squares / known : null,
  };
}

function warningsOf(run: ToolRun, risks: readonly (number | null)[], threshold: number): Warning[] {
  const warnings: Warning[] = [];
  let present: Warning | null = null;
  let quiet = 0;
  for (const [n, { latheId, atMs, toolMinutes }] of run.samples.entries()) {
    if ((risks[n] ?? 0) >= threshold) {
      quiet = 0;
      present ??= { latheId, fromMs: atMs, untilMs: atMs, fromMinute: toolMinutes, untilMinute: toolMinutes };
      present.untilMs = atMs;
      present.untilMinute = toolMinutes;
      if (warnings.at(-1) !== present) warnings.push(present);
    } else if (present && ++quiet >= QUIET_SAMPLES) {
      present = null;
    }
  }
  return warnings;
}

function outcomeOf(warning: Warning, run: ToolRun, verdicts: readonly JudgedAlert[]): 'confirmed' | 'false' | 'open' {
  const said = verdicts.find(
    ({ latheId, atMs }) =>
      latheId === warning.latheId && atMs >= warning.fromMs - SAME_MS && atMs <= warning.untilMs + SAME_MS,
  );
  if (said) return said.verdict === 'false' ? 'false' : 'confirmed';
  const { failure, samples } = run;
  if (failure) return failure.atMinute - warning.fromMinute <= TIMELY_MIN ? 'confirmed' : 'false';
  const last = samples.at(-1)!.toolMinutes;
  return last - warning.fromMinute > TIMELY_MIN ? 'false' : 'open';
}

/** Whether the tool failed within ten minutes of cutting; null where it was not followed for as long. */
function outcomeWithin({ failure, samples }: ToolRun, minute: number): 0 | 1 | null {
  if (failure) return failure.atMinute - minute <= FORETOLD_MIN ? 1 : 0;
  return samples.at(-1)!.toolMinutes - minute > FORETOLD_MIN ? 0 : null;
}
