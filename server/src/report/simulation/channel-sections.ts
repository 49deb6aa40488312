import { correlationMatrix } from '#domain/statistics/correlation.js';
import { describeNumbers } from '#domain/statistics/describe.js';
import { binEdges, countInBins } from '#domain/statistics/histogram.js';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { channelName, channelTitle } from '../channel-words.js';
import { figures, legend, type Section, wideFigure } from '../html/page.js';
import { heatMap } from '../svg/heat-map.js';
import { histogramPlot } from '../svg/histogram.js';
import { linePlot } from '../svg/line.js';
import { inFigures } from '../svg/scales.js';
import { type DrawnJob, toneNames } from './looks.js';
import { isCutting, type RunRecord, samplesOf } from './run-record.js';

const IN_CUT_TONE = 0;
const IN_AIR_TONE = 8;

/** Told only where the tool cuts: the steps to zero between two cuts would hide all else. */
const LOAD_CHANNELS: ReadonlySet<ChannelName> = new Set([
  'rpm',
  'feedRate',
  'torque',
  'power',
  'cuttingForce',
  'vibration',
]);

/** Each channel over the time of its job. */
export function timeSection(drawn: readonly DrawnJob[], jobCount: number): Section {
  const plots = CHANNEL_NAMES.map((channel) => {
    const inCut = LOAD_CHANNELS.has(channel);
    const series = drawn.map(({ record, tone, mark, name }) => ({
      name,
      tone,
      ...(mark === undefined ? {} : { mark }),
      x: record.minute,
      y: inCut ? onlyInCut(record, channel) : record.channels[channel],
    }));
    const { min, max } = describeNumbers(series.flatMap(({ y }) => y));
    return {
      plot: linePlot({
        name: `${channelName(channel)} over time, one line for each job`,
        xTitle: 'Time of the job in min',
        yTitle: channelTitle(channel),
        series,
        detail: 300,
        ...(channel === 'remainingUsefulLife' ? { logFrom: 0.1 } : {}),
      }),
      caption: `${channelName(channel)}${inCut ? ' in the cut' : ''}: ${inFigures(min)} to ${inFigures(max)}`,
    };
  });
  const some = drawn.length < jobCount ? ` ${drawn.length} of the ${jobCount} jobs are drawn, evenly chosen.` : '';
  return {
    id: 'time',
    title: 'Channels over time',
    about: `What the sensors told, noise included, from the start of each job. Speed, feed, torque, power, force and vibration are drawn while the tool cuts; between the parts the spindle stands.${some}`,
    content: legend(toneNames(drawn)) + figures(plots),
  };
}

/** The samples of a channel with gaps where the tool is in air. */
const onlyInCut = (record: RunRecord, channel: ChannelName): number[] =>
  record.channels[channel].map((value, i) => (isCutting(record, i) ? value : Number.NaN));

/** How the values of each channel are spread. */
export function distributionSection(records: readonly RunRecord[]): Section {
  const plots = CHANNEL_NAMES.flatMap((channel) => {
    const cutting = samplesOf(records, channel, true);
    const air = samplesOf(records, channel, false);
    const all = describeNumbers([...cutting, ...air]);
    if (all.count === 0) return [];
    return [{ plot: distribution(channel, cutting, air), caption: inWords(all) }];
  });
  const content =
    legend([
      { tone: IN_CUT_TONE, name: 'in the cut' },
      { tone: IN_AIR_TONE, name: 'in air: approach, retract, part change' },
    ]) + figures(plots);
  return {
    id: 'distributions',
    title: 'Distributions',
    about: 'Samples of all jobs together. The dashed line is the median of the samples in the cut.',
    content,
  };
}

function distribution(channel: ChannelName, cutting: readonly number[], air: readonly number[]): string {
  const edges = binEdges([...cutting, ...air]);
  const { median } = describeNumbers(cutting);
  return histogramPlot({
    name: `Distribution of ${channelName(channel).toLowerCase()}`,
    xTitle: channelTitle(channel),
    yTitle: 'Samples',
    edges,
    layers: [
      { name: 'in the cut', tone: IN_CUT_TONE, counts: countInBins(cutting, edges).counts },
      { name: 'in air', tone: IN_AIR_TONE, counts: countInBins(air, edges).counts },
    ],
    marks: Number.isNaN(median) ? [] : [{ value: median, name: `median ${inFigures(median)}` }],
  });
}

const inWords = ({ mean, standardDeviation, p10, p90 }: ReturnType<typeof describeNumbers>): string =>
  `Mean ${inFigures(mean)}, standard deviation ${inFigures(standardDeviation)}, 80 % of the samples from ${inFigures(p10)} to ${inFigures(p90)}`;

/** How the channels go together while the tool cuts. */
export function correlationSection(records: readonly RunRecord[]): Section {
  const columns = CHANNEL_NAMES.map((channel) => samplesOf(records, channel, true));
  const plot = heatMap({
    name: 'Correlation of every channel with every other',
    labels: CHANNEL_NAMES.map(channelName),
    values: correlationMatrix(columns),
  });
  return {
    id: 'correlation',
    title: 'Correlation',
    about:
      'Pearson’s correlation of the samples in the cut. With many materials and job types in one run it tells how the jobs differ as much as how the quantities depend on each other.',
    content: wideFigure(
      plot,
      'Blue: both rise together. Brown: one falls as the other rises. An empty cell: a channel that did not vary.',
    ),
  };
}
