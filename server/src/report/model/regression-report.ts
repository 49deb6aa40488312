import type { Dataset } from '#domain/prediction/dataset.js';
import type { Metrics, Model } from '#domain/prediction/model.js';
import type { HeldOutValues } from '#domain/prediction/training/train-regression.js';
import { figures, type Section } from '../html/page.js';
import { linePlot } from '../svg/line.js';
import { extentOf } from '../svg/scales.js';
import { comparisonSections, modelPage } from './model-page.js';

export interface RegressionEvidence {
  dataset: Dataset;
  model: Model;
  metrics: Metrics;
  heldOut: HeldOutValues;
}

/** How good a regression is, as one HTML page. The same evidence gives the same page. */
export function regressionReport({ dataset, model, metrics, heldOut }: RegressionEvidence): string {
  return modelPage(model, metrics, [estimatesSection(dataset, heldOut), ...comparisonSections(metrics)]);
}

function estimatesSection({ target, layout }: Dataset, { value }: HeldOutValues): Section {
  const span = extentOf([target, value]) ?? [0, 1];
  const axis = (words: string) => `${layout.target}, ${words}`;
  return {
    id: 'estimates',
    title: 'Estimates and what was measured',
    about: 'Each dot is a row that was held back. On the diagonal the estimate was right.',
    content: figures([
      {
        plot: linePlot({
          name: 'Estimated and measured',
          xTitle: axis('measured'),
          yTitle: axis('estimated'),
          style: 'dots',
          xDomain: span,
          yDomain: span,
          series: [{ name: 'rows', tone: 0, x: target, y: value }],
        }),
        caption: 'Estimates against measurements.',
      },
      {
        plot: linePlot({
          name: 'Errors',
          xTitle: axis('measured'),
          yTitle: 'estimated less measured',
          style: 'dots',
          limits: [{ value: 0, name: 'right' }],
          series: [{ name: 'rows', tone: 1, x: target, y: value.map((estimate, row) => estimate - target[row]!) }],
        }),
        caption: 'Errors. Dots that fall to the right: large values are told too small.',
      },
    ]),
  };
}
