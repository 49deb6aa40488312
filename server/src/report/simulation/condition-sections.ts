import { JOB_TYPES } from '#domain/contract/enums.js';
import { WEAR_LIMIT_MM } from '#domain/machining/tool-life.js';
import { describeNumbers } from '#domain/statistics/describe.js';
import { countInBins } from '#domain/statistics/histogram.js';
import { figures, legend, type Section } from '../html/page.js';
import { barPlot } from '../svg/bars.js';
import { histogramPlot } from '../svg/histogram.js';
import { linePlot } from '../svg/line.js';
import { inFigures } from '../svg/scales.js';
import { type DrawnJob, toneNames } from './looks.js';
import { groupFigures, shareAbove } from './run-figures.js';
import { type RunRecord, samplesOf } from './run-record.js';

const PROBABILITY = 'Failure probability (0 to 1)';
const ALL: readonly [number, number] = [0, 1];
const TWENTIETHS = Array.from({ length: 21 }, (_, i) => i / 20);
/** Dots of one job type in a cloud. */
const DOTS = 600;

/** Failure probability over time and wear, and how it is spread. */
export function failureSection(records: readonly RunRecord[], drawn: readonly DrawnJob[]): Section {
  const all = samplesOf(records, 'failureProbability');
  const { mean, median, max } = describeNumbers(all);
  const types = JOB_TYPES.filter((type) => records.some(({ jobType }) => jobType === type));
  const plots = [
    {
      plot: linePlot({
        name: 'Failure probability over time, one line for each job',
        xTitle: 'Time of the job in min',
        yTitle: PROBABILITY,
        yDomain: ALL,
        series: drawn.map(({ record, tone, mark, name }) => ({
          name,
          tone,
          ...(mark === undefined ? {} : { mark }),
          x: record.minute,
          y: record.channels.failureProbability,
        })),
      }),
      caption: 'Over the time of the job; colours as above.',
    },
    {
      plot: linePlot({
        name: 'Failure probability against flank wear',
        xTitle: 'Flank wear VB in mm',
        yTitle: PROBABILITY,
        yDomain: ALL,
        style: 'dots',
        detail: DOTS,
        series: types.map((type) => {
          const members = records.filter(({ jobType }) => jobType === type);
          return {
            name: type,
            tone: JOB_TYPES.indexOf(type),
            x: samplesOf(members, 'flankWear'),
            y: samplesOf(members, 'failureProbability'),
          };
        }),
      }),
      caption: `Against flank wear, by job type: ${types.join(', ')}. At equal wear a faster cut fails sooner.`,
    },
    {
      plot: histogramPlot({
        name: 'Distribution of the failure probability',
        xTitle: PROBABILITY,
        yTitle: 'Samples',
        edges: TWENTIETHS,
        layers: [{ name: 'samples', tone: 0, counts: countInBins(all, TWENTIETHS).counts }],
      }),
      caption: `Mean ${inFigures(mean, 2)}, median ${inFigures(median, 2)}, greatest ${inFigures(max, 2)}; above one half in ${percent(shareAbove(all, 0.5))} of the samples.`,
    },
    {
      plot: barPlot({
        name: 'Share of the samples with a failure probability above one half, by material',
        title: 'Samples above one half, by material',
        bars: [...new Set(records.map(({ material }) => material))].sort().map((material) => {
          const members = records.filter((record) => record.material === material);
          const share = shareAbove(samplesOf(members, 'failureProbability'), 0.5);
          return { label: material, value: share, written: percent(share) };
        }),
      }),
      caption: 'How often each material stood at a high risk.',
    },
  ];
  const hasOwnTones = drawn.every(({ mark }) => mark !== undefined);
  const typeTones = types.map((type) => ({ tone: JOB_TYPES.indexOf(type), name: type }));
  return {
    id: 'failure',
    title: 'Failure probability',
    about:
      'The probability, by the model of the simulator, that the tool, the bearing, an overload, heat or chance ends the work within the next ten minutes.',
    content: legend(toneNames(drawn)) + figures(plots) + (hasOwnTones ? legend(typeTones) : ''),
  };
}

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${inFigures(100 * share, 2)} %`);

/** Flank wear over the minutes in the cut, and how fast it grows. */
export function wearSection(records: readonly RunRecord[], drawn: readonly DrawnJob[]): Section {
  const plots = [
    {
      plot: linePlot({
        name: 'Flank wear over the minutes in the cut, one line for each job',
        xTitle: 'Minutes of the tool in the cut',
        yTitle: 'Flank wear VB in mm',
        limits: [{ value: WEAR_LIMIT_MM, name: `worn: ${WEAR_LIMIT_MM} mm` }],
        series: drawn.map(({ record, tone, mark, name }) => ({
          name,
          tone,
          ...(mark === undefined ? {} : { mark }),
          x: record.channels.toolWear,
          y: record.channels.flankWear,
        })),
      }),
      caption: 'As measured, with the scatter of the reading. Tools start with the wear that they were given.',
    },
    {
      plot: barPlot({
        name: 'Growth of flank wear by material',
        title: 'Wear in mm per hour in the cut',
        bars: groupFigures(records, ({ material }) => material).map(({ name, wearMmPerHour }) => ({
          label: name,
          value: wearMmPerHour,
          written: inFigures(wearMmPerHour),
        })),
      }),
      caption: 'The slope that the curves of a material have in common. A dash: lost in the scatter of the readings.',
    },
  ];
  return {
    id: 'wear',
    title: 'Wear curves',
    about: `Break-in, steady and accelerated wear. At ${WEAR_LIMIT_MM} mm an edge counts as worn, at twice that it gives way.`,
    content: legend(toneNames(drawn)) + figures(plots),
  };
}
