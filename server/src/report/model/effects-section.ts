import type { FeatureEffects, InputEffect } from '#domain/prediction/training/feature-effects.js';
import { figures, type Section, wideFigure } from '../html/page.js';
import { table } from '../html/table.js';
import { barPlot } from '../svg/bars.js';
import { linePlot } from '../svg/line.js';
import { inFigures } from '../svg/scales.js';

/** What moves the risk, and in which direction. */
export function effectsSection({ inputs, groups }: FeatureEffects): Section {
  const strongestFirst = [...inputs].sort((a, b) => reachOf(b) - reachOf(a));
  return {
    id: 'effects',
    title: 'What the risk follows',
    about:
      'Curves: the mean risk of rows if this input alone were the same in all of them. They show what the model has learned, ' +
      'which need not be what causes failures.',
    content:
      groupPart(groups) +
      figures(strongestFirst.map((effect) => ({ plot: inputPlot(effect), caption: captionOf(effect) }))),
  };
}

function groupPart(groups: FeatureEffects['groups']): string {
  if (groups.length === 0) return '';
  const points = (share: number) => inFigures(100 * share);
  const plot = barPlot({
    name: 'What groups of inputs add to the risk',
    title: 'mean size of what it adds to the risk or takes from it, percentage points',
    bars: groups.map(({ label, size }) => ({ label, value: size, written: points(size) })),
    width: 720,
  });
  return (
    wideFigure(
      plot,
      'Shapley values of groups of inputs, over rows of which half failed as far as there are as many.',
    ) +
    table(
      'What groups of inputs add, percentage points of risk',
      [
        { head: 'Group', cell: ({ label }) => label },
        { head: 'To rows that failed, mean', cell: ({ onFailures }) => points(onFailures) },
        { head: 'To the others, mean', cell: ({ onOthers }) => points(onOthers) },
      ],
      groups,
    )
  );
}

const reachOf = ({ risk }: InputEffect): number => Math.max(...risk) - Math.min(...risk);

const captionOf = ({ input, risk }: InputEffect): string => {
  const [low, high] = [Math.min(...risk), Math.max(...risk)];
  return `${input.label}: mean risk from ${inFigures(100 * low)} to ${inFigures(100 * high)} %.`;
};

function inputPlot({ input, at, risk }: InputEffect): string {
  const percent = risk.map((share) => 100 * share);
  if (input.categories) {
    return barPlot({
      name: input.label,
      title: `${input.label}: mean risk, %`,
      bars: at.map((place, i) => ({
        label: input.categories![place]!,
        value: percent[i]!,
        written: inFigures(percent[i]),
      })),
    });
  }
  return linePlot({
    name: input.label,
    xTitle: input.unit && input.unit !== '1' ? `${input.label}, ${input.unit}` : input.label,
    yTitle: 'mean risk, %',
    yDomain: [0, Math.max(...percent)],
    series: [{ name: input.label, tone: 0, x: at, y: percent }],
  });
}
