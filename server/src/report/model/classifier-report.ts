import type { Dataset } from '#domain/prediction/dataset.js';
import { confusionAt, cutsOf, prAuc, reliabilityBins } from '#domain/prediction/metrics.js';
import type { Metrics, Model } from '#domain/prediction/model.js';
import type { FeatureEffects } from '#domain/prediction/training/feature-effects.js';
import { lifeOf } from '#domain/prediction/training/fit-remaining-life.js';
import type { HeldOut } from '#domain/prediction/training/train-classifier.js';
import { figures, legend, type Section } from '../html/page.js';
import { table } from '../html/table.js';
import { linePlot } from '../svg/line.js';
import { extentOf, inFigures } from '../svg/scales.js';
import { effectsSection } from './effects-section.js';
import { comparisonSections, modelPage } from './model-page.js';

export interface ClassifierEvidence {
  dataset: Dataset;
  model: Model;
  metrics: Metrics;
  heldOut: HeldOut;
  effects: FeatureEffects;
}

const UNIT = [0, 1] as const;
const DIAGONAL = { name: 'as good as a guess', tone: 8, dashed: true, x: [0, 1], y: [0, 1] };
const LIFE_DOTS = 900;

/** How good a classifier is, as one HTML page. The same evidence gives the same page. */
export function classifierReport(evidence: ClassifierEvidence): string {
  const { dataset, model, metrics, heldOut, effects } = evidence;
  return modelPage(model, metrics, [
    curvesSection(dataset, heldOut),
    reliabilitySection(dataset, heldOut),
    confusionSection(dataset, model, heldOut),
    ...modesSections(model, metrics),
    ...comparisonSections(metrics),
    ...lifeSections(dataset, heldOut),
    learningSection(dataset, heldOut),
    effectsSection(effects),
  ]);
}

function curvesSection({ target }: Dataset, { probability, called }: HeldOut): Section {
  const cuts = cutsOf(probability, target);
  const { truePositives: positives, falsePositives: negatives } = cuts.at(-1)!;
  const recall = cuts.map(({ truePositives }) => truePositives / positives);
  const share = positives / (positives + negatives);
  const { precision } = confusionAt(called, target, 0.5);
  const plots = [
    {
      plot: linePlot({
        name: 'Precision and recall',
        xTitle: 'recall: share of failures found',
        yTitle: 'precision: share of calls that were right',
        xDomain: UNIT,
        yDomain: UNIT,
        limits: Number.isNaN(precision) ? [] : [{ value: precision, name: 'at the threshold' }],
        series: [
          {
            name: 'the model',
            tone: 0,
            x: recall,
            y: cuts.map(({ truePositives, falsePositives }) => truePositives / (truePositives + falsePositives)),
          },
          { ...DIAGONAL, y: [share, share] },
        ],
      }),
      caption: `A guess would be right in ${inFigures(100 * share)} % of its calls, whatever it found (dashed).`,
    },
    {
      plot: linePlot({
        name: 'Receiver operating characteristic',
        xTitle: 'share of sound rows called failures',
        yTitle: 'share of failures found',
        xDomain: UNIT,
        yDomain: UNIT,
        series: [
          {
            name: 'the model',
            tone: 0,
            x: [0, ...cuts.map(({ falsePositives }) => falsePositives / negatives)],
            y: [0, ...recall],
          },
          DIAGONAL,
        ],
      }),
      caption: 'ROC curve. Where failures are rare it flatters: the curve of precision and recall tells more.',
    },
  ];
  return {
    id: 'curves',
    title: 'What is found, at what price',
    about: 'Every point is a threshold. A lower one finds more failures and calls more that are none.',
    content: figures(plots),
  };
}

function reliabilitySection({ target }: Dataset, { probability }: HeldOut): Section {
  const bins = reliabilityBins(probability, target);
  const filled = bins.filter(({ count }) => count > 0);
  const plot = linePlot({
    name: 'Reliability',
    xTitle: 'probability that was told',
    yTitle: 'share that failed',
    xDomain: UNIT,
    yDomain: UNIT,
    series: [
      { ...DIAGONAL, name: 'told as it came' },
      {
        name: 'the model',
        tone: 0,
        x: filled.map(({ meanProbability }) => meanProbability),
        y: filled.map(({ observedShare }) => observedShare),
      },
    ],
  });
  return {
    id: 'reliability',
    title: 'Whether 30 % means 30 %',
    about: 'Of the rows that were told a probability, as large a share should have failed: the line on the dashes.',
    content:
      figures([
        { plot, caption: 'Reliability diagram over ten bins of equal width; bins without rows are left out.' },
      ]) +
      table(
        'Told and come',
        [
          { head: 'Told', cell: ({ from, to }) => `${Math.round(100 * from)} to ${Math.round(100 * to)} %` },
          { head: 'Rows', cell: ({ count }) => String(count) },
          { head: 'Told, mean', cell: ({ meanProbability }) => inFigures(meanProbability) },
          { head: 'Failed', cell: ({ observedShare }) => inFigures(observedShare) },
        ],
        filled,
      ),
  };
}

function confusionSection({ target }: Dataset, { classification }: Model, { called }: HeldOut): Section {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusionAt(called, target, 0.5);
  return {
    id: 'confusion',
    title: 'Right and wrong at the threshold',
    about:
      `The model calls a failure from a probability of ${inFigures(classification!.threshold)}. ` +
      'Here every row was judged at a threshold that was chosen without it.',
    content: table(
      'Rows by what was called and what came',
      [
        { head: '', cell: ({ name }) => name },
        { head: 'Called a failure', cell: ({ yes }) => String(yes) },
        { head: 'Called sound', cell: ({ no }) => String(no) },
      ],
      [
        { name: 'Failed', yes: truePositives, no: falseNegatives },
        { name: 'Did not fail', yes: falsePositives, no: trueNegatives },
      ],
    ),
  };
}

function modesSections({ classification }: Model, { modes }: Metrics): Section[] {
  if (modes.length === 0) return [];
  const labels = new Map(classification!.modes.map(({ name, label }) => [name, label]));
  return [
    {
      id: 'modes',
      title: 'Ways of failure',
      about: 'Found: rows that failed in this way and were called a failure. What nothing announces cannot be found.',
      content: table(
        'Ways of failure',
        [
          { head: 'Way', cell: ({ name }) => labels.get(name) ?? name },
          { head: 'Rows', cell: ({ failures }) => String(failures) },
          { head: 'Found', cell: ({ found }) => String(found) },
          {
            head: 'Share found',
            cell: ({ failures, found }) => (failures > 0 ? `${Math.round((100 * found) / failures)} %` : 'none came'),
          },
          { head: 'PR area of its own output', cell: ({ prAuc: area }) => inFigures(area ?? undefined) },
        ],
        modes,
      ),
    },
  ];
}

function lifeSections(dataset: Dataset, { life }: HeldOut): Section[] {
  if (!life) return [];
  const { remaining } = lifeOf(dataset);
  const [, longest] = extentOf([remaining]) ?? [0, 1];
  const plot = linePlot({
    name: 'Remaining life told and true',
    xTitle: 'told (median), min in the cut',
    yTitle: 'true, min in the cut',
    style: 'dots',
    detail: LIFE_DOTS,
    xDomain: [0, longest],
    yDomain: [0, longest],
    series: [{ name: 'rows', tone: 0, x: life.p50, y: remaining }],
  });
  return [
    {
      id: 'life',
      title: 'Remaining useful life',
      about: 'Told by factors learned from other tools. On the diagonal the median was right.',
      content: figures([{ plot, caption: `Some of the rows, evenly drawn. ${remaining.length} in all.` }]),
    },
  ];
}

function learningSection({ target }: Dataset, { learningCurve }: HeldOut): Section {
  const areas = learningCurve.map(({ rows, probability }) => {
    return prAuc(
      probability,
      Float64Array.from(rows, (row) => target[row]!),
    );
  });
  const plot = linePlot({
    name: 'Learning curve',
    xTitle: 'share of the rows learned from, %',
    yTitle: 'area under precision and recall',
    xDomain: [0, 100],
    yDomain: UNIT,
    series: [{ name: 'the model', tone: 0, x: learningCurve.map(({ share }) => 100 * share), y: areas }],
  });
  return {
    id: 'learning',
    title: 'Whether more rows would help',
    about: 'Where the line still rises at its right end, more data would make a better model.',
    content:
      figures([{ plot, caption: 'Shares below 100 % are judged by one net, the whole by the full committee.' }]) +
      legend([
        { tone: 0, name: learningCurve.map(({ share }, i) => `${100 * share} %: ${inFigures(areas[i])}`).join(', ') },
      ]),
  };
}
