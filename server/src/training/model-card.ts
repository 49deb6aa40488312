import type { Metrics, Model } from '#domain/prediction/model.js';
import { FIGURE_WORDS } from '../report/model/figure-words.js';

/** The card of a model as Markdown: what it is for, where its data come from, how good it is, where it must not be used. */
export function modelCard(model: Model, metrics: Metrics, dataSha256: string): string {
  return `${[
    `# Model card: ${model.target}`,
    ABOUT[model.layout](model),
    '## How good it is',
    `${metrics.rows} rows${model.classification ? `, ${metrics.failures} failures` : ''}; ${metrics.method}.`,
    figureTable(metrics),
    ...modeTable(metrics),
    ...comparisonTable(metrics),
    '## How it was made',
    HOW(model),
    `Seed ${model.seed}. SHA-256 of the training data: \`${dataSha256}\`. The same data and seed give the same files, byte for byte.`,
    '## Commands',
    `\`\`\`sh\n${COMMAND[model.layout](model.seed)}\n\`\`\``,
    '## Limits',
    LIMITS[model.layout],
  ].join('\n\n')}\n`;
}

const ABOUT: Record<Model['layout'], (model: Model) => string> = {
  ai4i: () => `Probability that a machine fails in a row of the AI4I 2020 data set. The data are **synthetic and modelled on a milling
machine**: this model proves the method on a public benchmark and is never used on a lathe.

Data: AI4I 2020 Predictive Maintenance Dataset, UCI Machine Learning Repository, data set 601,
[doi:10.24432/C5HS5C](https://doi.org/10.24432/C5HS5C), licence
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). Part of its rows was used, unchanged. Citation: S. Matzka, "Explainable
Artificial Intelligence for Predictive Maintenance Applications", 2020 Third International Conference on Artificial Intelligence
for Industries (AI4I), IEEE, 2020, pp. 69-74, doi:10.1109/AI4I49448.2020.00023.`,
  histories:
    () => `Probability that a lathe's tool or drive fails within the next ten minutes in the cut: the tool worn to 0.3 mm of
flank wear (ISO 3685), broken, or the drive tripped. Inputs are readings and the program, never the simulator's own truth.

Data: run-to-failure histories made by Byte-Astra's own simulator (\`npm run generate:histories\`), with faults, over materials,
operations, tools and seeds. They are **simulated**: the physics behind them is documented, but no machine was measured.`,
  table: ({
    target,
  }) => `Estimates the column \`${target}\` of a table from its other columns. Source and licence of the data are those of the table
that was given; whoever passes the model on must state them.`,
};

const LIMITS: Record<Model['layout'], string> = {
  ai4i: `Nine of the full set's failures have no mode and random failures (RNF) have no cause: nobody can foretell them, and the
published rules of the set themselves reach an F1 of about 0.91. Rows outside of the ranges trained on are told as such.`,
  histories: `It knows the wear, breakage and overload of this product's physics. What that physics leaves out (bad clamping, chips that
jam, tools of another make) it cannot foretell. Rows unlike those trained on are told as such, and are not to be trusted.`,
  table: `It has seen the groups of its table alone. Rows unlike those trained on are told as such, and are not to be trusted.`,
};

function HOW(model: Model): string {
  const nets = `${model.nets} brain.js nets (${model.sizes.join('-')}, sigmoid, Adam), their outputs averaged`;
  if (model.regression) {
    const { linear, interval } = model.regression;
    return `${nets}, beside a ridge regression on ${model.features.quantities.length} columns with a share of ${linear.share}. The nets
read the columns alone that follow the target best within each group; all others weigh nothing in them.
Intervals are conformal over groups, for a coverage of ${100 * interval.coverage} %: the residuals are those of groups held back.`;
  }
  const { modes: known, threshold } = model.classification!;
  const modes = known.map(({ name }) => name).join(', ');
  const stack = modes ? `; the noisy-OR over ${modes} and the direct output are stacked by logistic regression` : '';
  const limits = `${model.features.limits.length} limits learned by one-level trees on training rows`;
  return `${nets}${stack}, calibrated after Platt on held-out scores. Features: ${model.features.quantities.length} physical
quantities and ${limits}. A row counts as a failure from a probability of ${threshold.toFixed(3)}, where
${model.layout === 'histories' ? 'alarms were worth most' : 'F1 was greatest'} on held-out rows.`;
}

function figureTable({ figures }: Metrics): string {
  const rows = Object.entries(figures).map(([name, { value, low, high }]) => {
    return `| ${FIGURE_WORDS[name] ?? name} | ${told(value)} | ${told(low)} to ${told(high)} |`;
  });
  return ['| figure | value | 95 % interval |', '| --- | --- | --- |', ...rows].join('\n');
}

function modeTable({ modes }: Metrics): string[] {
  if (modes.length === 0) return [];
  const rows = modes.map(({ name, failures, found, prAuc }) => {
    return `| ${name} | ${failures} | ${found} | ${prAuc === null ? '-' : told(prAuc)} |`;
  });
  return [['| mode | failures | found | PR-AUC of the mode |', '| --- | --- | --- | --- |', ...rows].join('\n')];
}

const ALARM_WORDS = `found: share of failures with a timely alarm at them, begun at most 20 min in the cut before. leadMedianMin,
leadP10Min: minutes from its beginning to the failure, 0 where there was none. falsePer100h: alarms that began earlier than that,
per 100 hours in the cut. Model and limits are set alike, on other folds: an alarm is worth its notice up to ten minutes, and a
false alarm costs as much as two failures with full notice. False alarms are rare in these data (a few among 400 tools), so
differences of less than one per 100 hours may be chance. What an alarm is worth was laid down with such data in view, so the
longer notice is the firm result here, and the fewer false alarms are not.`;

function comparisonTable({ comparison }: Metrics): string[] {
  const [first] = comparison;
  if (!first) return [];
  const names = Object.keys(first.figures);
  const rows = comparison.map(({ name, figures }) => {
    return `| ${[name, ...names.map((figure) => (figures[figure] == null ? '-' : told(figures[figure])))].join(' | ')} |`;
  });
  const head = [`| | ${names.join(' | ')} |`, `| --- |${names.map(() => ' --- |').join('')}`];
  const notes = names.includes('leadMedianMin') ? [ALARM_WORDS] : [];
  return ['## Compared with simpler means', [...head, ...rows].join('\n'), ...notes];
}

const COMMAND: Record<Model['layout'], (seed: number) => string> = {
  ai4i: (seed) => `npm run train -- --data AI4I.csv --name ai4i --seed ${seed}`,
  histories: (seed) => `npm run generate:histories -- --runs 400 --seed ${seed} --out histories.csv
npm run train -- --data histories.csv --name lathe --seed ${seed}`,
  table: (seed) => `npm run train -- --data TABLE.csv --name NAME --target COLUMN --group COLUMN --seed ${seed}`,
};

const told = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
