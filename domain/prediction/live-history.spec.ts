import { describe, expect, it } from '@jest/globals';
import { readDataset } from './dataset.js';
import { HISTORY_INPUTS } from './histories-layout.js';
import { type PredictionSample, plantHistoryCells, runsToLearnFrom, toolRuns } from './live-history.js';
import { scoreOf, verdictOf } from './live-score.js';
import { HISTORY_HEADER, historyCells, runsToFailure } from './run-to-failure.js';
import { layoutOf } from './table-layout.js';

const T0 = Date.UTC(2025, 0, 6, 8);
const lifeAt = HISTORY_INPUTS.findIndex(({ name }) => name === 'lifeUsed');

/** A sample at a minute of the tool; wall time goes with it. */
function sample(toolMinutes: number, life: number, more: Partial<PredictionSample> = {}): PredictionSample {
  const row = new Array<number>(HISTORY_INPUTS.length).fill(1);
  row[lifeAt] = life;
  return {
    latheId: 'lathe-1',
    atMs: T0 + toolMinutes * 60_000,
    jobId: 'JOB_20250106_001',
    toolNo: 1,
    toolMinutes,
    model: { name: 'lathe', version: '1' },
    failureProbability: 0,
    row,
    estimateMin: 5,
    flankWearMm: 0.1,
    torqueNm: 40,
    ...more,
  };
}

describe('runs of tools', () => {
  it('end where the wear is read at the limit; what a worn tool cuts on tells nothing', () => {
    const [run, ...others] = toolRuns([sample(1, 0.5), sample(2, 0.9), sample(3, 1.01), sample(4, 1.2)]);
    expect(others).toEqual([]);
    expect(run!.samples.map(({ toolMinutes }) => toolMinutes)).toEqual([1, 2]);
    expect(run!.failure).toEqual({ mode: 'wear', atMinute: 3, atMs: T0 + 180_000 });
  });

  it('begin with a new tool, and are apart by lathe and tool', () => {
    const runs = toolRuns([
      sample(5, 0.3),
      sample(2, 0.1, { latheId: 'lathe-2' }),
      sample(6, 0.4),
      sample(1, 0.1, { toolNo: 3 }),
      sample(0.5, 0.02),
      sample(7, 0.45, { latheId: 'lathe-2' }),
    ]);
    expect(runs.map(({ latheId, toolNo, samples }) => [latheId, toolNo, samples.length])).toEqual([
      ['lathe-1', 1, 2],
      ['lathe-2', 1, 2],
      ['lathe-1', 3, 1],
      ['lathe-1', 1, 1],
    ]);
  });

  it('end with the job that fails, after which the same edge begins another', () => {
    const runs = toolRuns([sample(1, 0.2), sample(2, 0.3, { failure: 'drive' }), sample(3, 0.35)]);
    expect(runs.map(({ failure }) => failure?.mode)).toEqual(['drive', undefined]);
  });

  it('can be learned from where they failed and were seen shortly before', () => {
    const seen = [sample(1, 0.5), sample(3, 1.1)];
    const unseen = [sample(1, 0.5, { toolNo: 2 }), sample(30, 0.9, { toolNo: 2, failure: 'breakage' })];
    const alive = [sample(1, 0.5, { toolNo: 3 })];
    expect(runsToLearnFrom(toolRuns([...seen, ...unseen, ...alive])).map(({ toolNo }) => toolNo)).toEqual([1]);
  });

  it('read by the layout of histories as those of the generator do', () => {
    const samples: PredictionSample[] = [];
    const generated: string[][] = [];
    for (const run of runsToFailure(3, 77)) {
      generated.push(...historyCells(run));
      const { mode, failedAtMinute } = run;
      const own = { latheId: `lathe-${run.run}`, toolNo: run.toolNo };
      for (const row of run.rows) {
        const { flankWearMm, torqueNm, remainingEstimateMin: estimateMin } = row;
        samples.push(sample(row.minute, 0, { ...own, row: row.inputs, flankWearMm, torqueNm, estimateMin }));
      }
      const end =
        mode === 'wear' ? sample(failedAtMinute, 1, own) : sample(failedAtMinute, 0, { ...own, failure: mode });
      samples.push(end);
    }
    const records = [...plantHistoryCells(runsToLearnFrom(toolRuns(samples)), 1)];
    expect(records.length).toBe(generated.length);
    const numbers = (cells: string[]) => cells.slice(5); // but for run, material and job type
    expect(records.map(numbers)).toEqual(generated.map(numbers));
    const table = { header: HISTORY_HEADER, records };
    expect(readDataset(table, layoutOf(table)).target.reduce((sum, label) => sum + label, 0)).toBeGreaterThan(30);
  });
});

describe('scores', () => {
  const worn = (risks: number[], from: number) =>
    risks.map((risk, i) => sample(from + i, 0.5, { failureProbability: risk }));
  const score = (samples: PredictionSample[], verdicts: Parameters<typeof scoreOf>[3] = []) => {
    const runs = toolRuns(samples);
    const risks = runs.map((run) => run.samples.map(({ failureProbability }) => failureProbability));
    return scoreOf(runs, risks, 0.5, verdicts);
  };

  it('confirm a warning that a failure follows, and tell its lead', () => {
    const samples = [...worn([0.1, 0.2, 0.7, 0.8, 0.9], 1), sample(6, 1.1)];
    expect(score(samples)).toMatchObject({
      warnings: 1,
      confirmed: 1,
      failures: 1,
      warned: 1,
      precision: 1,
      recall: 1,
    });
    expect(score(samples).leadMinutes).toEqual({ p10: 3, median: 3 });
  });

  it('leave open what has not had time to come true, and call false what had', () => {
    expect(score(worn([0.1, 0.9, 0.9], 1))).toMatchObject({ warnings: 1, open: 1, precision: null, recall: null });
    const long = worn([0.9, ...new Array<number>(25).fill(0.1)], 1);
    expect(score(long)).toMatchObject({ warnings: 1, false: 1, precision: 0 });
  });

  it('count a failure without a warning', () => {
    expect(score([...worn([0.1, 0.1], 1), sample(3, 1.1)])).toMatchObject({ failures: 1, warned: 0, recall: 0 });
  });

  it.each([
    ['true', 'confirmed'],
    ['late', 'confirmed'],
    ['false', 'false'],
  ] as const)('believe a person who calls a warning %s', (verdict, outcome) => {
    const samples = worn([0.1, 0.9, 0.9], 1);
    const verdicts = [{ latheId: 'lathe-1', atMs: T0 + 200_000, verdict }];
    expect(score(samples, verdicts)[outcome]).toBe(1);
    expect(score(samples, [{ ...verdicts[0]!, latheId: 'lathe-2' }]).open).toBe(1);
  });

  it('take the mean square of risk and outcome where the outcome is known', () => {
    expect(score([...worn([0.2, 0.9], 1), sample(3, 1.1)]).brier).toBeCloseTo((0.64 + 0.01) / 2, 12);
  });

  it.each([
    ['false', 'false'],
    ['True: chipped edge', 'true'],
    ['late, broke before', 'late'],
    ['falsely set', null],
    ['looked at it', null],
    [undefined, null],
  ])('read %p as %p', (...[comment, verdict]) => {
    expect(verdictOf(comment)).toBe(verdict);
  });
});
