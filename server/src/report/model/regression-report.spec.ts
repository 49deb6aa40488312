import { describe, expect, it } from '@jest/globals';
import type { Dataset } from '#domain/prediction/dataset.js';
import type { Metrics, Model } from '#domain/prediction/model.js';
import type { HeldOutValues } from '#domain/prediction/training/train-regression.js';
import { regressionReport } from './regression-report.js';

describe('the report of a regression', () => {
  it('is drawn from more rows than a call can take arguments', () => {
    const target = Float64Array.from({ length: 300_000 }, (_, row) => row % 500);
    const metrics: Metrics = { rows: 300_000, failures: 0, method: 'folds', figures: {}, comparison: [], modes: [] };
    const report = regressionReport({
      dataset: { target, layout: { target: 'Vb' } } as Dataset,
      model: { layout: 'table', target: 'Vb', classification: null, seed: 1 } as Model,
      metrics,
      heldOut: { value: target } as HeldOutValues,
    });
    expect(report).toContain('<section id="estimates">');
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
    expect(report.length).toBeLessThan(200_000);
  });
});
