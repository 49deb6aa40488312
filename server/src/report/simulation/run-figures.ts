import { describeNumbers, meanOf } from '#domain/statistics/describe.js';
import { commonSlope } from '#domain/statistics/slope.js';
import { type RunRecord, samplesOf } from './run-record.js';

/** What the jobs of one material or type had in common; NaN = unknown. */
export interface GroupFigures {
  name: string;
  jobs: number;
  /** jobs that did not complete */
  cutShort: number;
  samples: number;
  parts: number;
  cuttingMinutes: number;
  energyWh: number;
  /** means over the samples in the cut */
  torqueNm: number;
  powerW: number;
  cuttingForceN: number;
  vibrationMmPerS: number;
  processK: number;
  zoneK: number;
  /** growth of flank wear per hour in the cut, mm/h; NaN where it is lost in the scatter of the readings */
  wearMmPerHour: number;
  /** over all samples */
  meanFailureProbability: number;
  greatestFailureProbability: number;
}

/** Figures of each group of jobs, in the order of their names. */
export function groupFigures(records: readonly RunRecord[], groupOf: (record: RunRecord) => string): GroupFigures[] {
  const groups = new Map<string, RunRecord[]>();
  for (const record of records) {
    const name = groupOf(record);
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b, 'en')).map(([name, members]) => figuresOf(name, members));
}

function figuresOf(name: string, records: readonly RunRecord[]): GroupFigures {
  const total = (of: (record: RunRecord) => number | undefined) =>
    records.reduce((sum, record) => sum + (of(record) ?? 0), 0);
  const cuttingMinutes = total(({ result }) => result.cuttingMinutes);
  const failure = describeNumbers(samplesOf(records, 'failureProbability'));
  const inCut = (channel: Parameters<typeof samplesOf>[1]) => meanOf(samplesOf(records, channel, true));
  return {
    name,
    jobs: records.length,
    cutShort: records.filter(({ status }) => status !== 'Completed').length,
    samples: total(({ minute }) => minute.length),
    parts: total(({ result }) => result.partsDone),
    cuttingMinutes,
    energyWh: total(({ result }) => result.energyWh),
    torqueNm: inCut('torque'),
    powerW: inCut('power'),
    cuttingForceN: inCut('cuttingForce'),
    vibrationMmPerS: inCut('vibration'),
    processK: inCut('processTemperature'),
    zoneK: inCut('cuttingZoneTemperature'),
    wearMmPerHour: wearRate(records),
    meanFailureProbability: failure.mean,
    greatestFailureProbability: failure.max,
  };
}

/** Slopes below this many of their standard errors are no more than scatter. */
const CERTAIN = 3;

/** Growth of the measured flank wear over the minutes in the cut that all jobs have in common, mm/h. */
function wearRate(records: readonly RunRecord[]): number {
  const curves = records.map(({ channels }) => ({ x: channels.toolWear, y: channels.flankWear }));
  const { perX, standardError } = commonSlope(curves);
  return perX > CERTAIN * standardError ? 60 * perX : Number.NaN;
}

/** Share of the known samples of a channel above a value, 0..1; NaN without samples. */
export function shareAbove(values: readonly number[], limit: number): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length > 0 ? known.filter((value) => value > limit).length / known.length : Number.NaN;
}
