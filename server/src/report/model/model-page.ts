import type { Metrics, Model } from '#domain/prediction/model.js';
import { page, type Section } from '../html/page.js';
import { table } from '../html/table.js';
import { inFigures } from '../svg/scales.js';
import { FIGURE_WORDS } from './figure-words.js';

/** Whose data a model has learned from, and under which licence. */
const DATA: Record<Model['layout'], string> = {
  ai4i:
    'Data: AI4I 2020 Predictive Maintenance Dataset (S. Matzka), UCI Machine Learning Repository, doi:10.24432/C5HS5C, ' +
    'CC BY 4.0; part of its rows, unchanged. They are synthetic and modelled on a milling machine.',
  histories:
    'Data: lathes run to failure in the simulator of Byte-Astra, and the records of the plant where it has trained on them. ' +
    'What the simulator makes was not measured on a machine.',
  table: 'Data: the table that was given; its source and licence are to be told by whoever passes this report on.',
};

const foretold = ({ layout, target }: Model): string =>
  layout === 'histories' ? 'a failure within ten minutes in the cut' : target;

/** A report on a model: its figures first, then what shows them. Name, version and time are left out, as in all its files. */
export function modelPage(model: Model, metrics: Metrics, sections: readonly Section[]): string {
  const failures = model.classification ? `, ${metrics.failures} of them failures` : '';
  return page({
    title: `How well the model foretells ${foretold(model)}`,
    lead: `${metrics.rows} rows${failures}. Judged on ${metrics.method}.`,
    sections: [figuresSection(metrics), ...sections],
    foot: `${DATA[model.layout]} Seed ${model.seed}.`,
  });
}

function figuresSection({ figures }: Metrics): Section {
  return {
    id: 'figures',
    title: 'Figures',
    about: 'All on rows that the judge had not seen. In 95 of 100 repetitions a figure would lie between low and high.',
    content: table(
      'Figures and their intervals',
      [
        { head: 'Figure', cell: ([name]) => FIGURE_WORDS[name] ?? name },
        { head: 'Value', cell: ([, { value }]) => inFigures(value) },
        { head: 'Low', cell: ([, { low }]) => inFigures(low) },
        { head: 'High', cell: ([, { high }]) => inFigures(high) },
      ],
      Object.entries(figures),
    ),
  };
}

/** The model beside simpler means on the same rows; none where nothing was compared. */
export function comparisonSections({ comparison }: Metrics): Section[] {
  const [first] = comparison;
  if (!first) return [];
  return [
    {
      id: 'comparison',
      title: 'Beside simpler means',
      about:
        'The same rows, judged by what needs no training or less of it. A model that is no better is not worth its keep.',
      content: table(
        'The model and simpler means',
        [
          { head: 'By', cell: ({ name }) => name },
          ...Object.keys(first.figures).map((figure) => ({
            head: FIGURE_WORDS[figure] ?? figure,
            cell: ({ figures }: Metrics['comparison'][number]) => inFigures(figures[figure] ?? undefined),
          })),
        ],
        comparison,
      ),
    },
  ];
}
