import { swatch } from '../html/page.js';
import { type Column, table } from '../html/table.js';
import { inFigures, inWhole } from '../svg/scales.js';
import type { DrawnJob } from './looks.js';
import { type GroupFigures, groupFigures } from './run-figures.js';
import type { RunRecord } from './run-record.js';

/** All jobs of a run; those that are drawn carry their colour. */
export function jobsTable(records: readonly RunRecord[], drawn: readonly DrawnJob[]): string {
  const tones = new Map(drawn.map(({ record, tone }) => [record, tone]));
  const columns: Column<{ record: RunRecord; number: number }>[] = [
    {
      head: 'Job',
      before: ({ record }) => (tones.has(record) ? swatch(tones.get(record)!) : ''),
      cell: ({ number }) => String(number),
    },
    { head: 'Number', isNumber: false, cell: ({ record }) => record.jobId },
    { head: 'Lathe', isNumber: false, cell: ({ record }) => record.latheId },
    { head: 'Type', isNumber: false, cell: ({ record }) => record.jobType },
    { head: 'Material', isNumber: false, cell: ({ record }) => record.material },
    { head: 'Tool', cell: ({ record }) => String(record.toolNo) },
    { head: 'Ended as', isNumber: false, cell: ({ record }) => record.status },
    { head: 'Run, min', cell: ({ record }) => inFigures(record.result.machineMinutes) },
    { head: 'In the cut, min', cell: ({ record }) => inFigures(record.result.cuttingMinutes) },
    { head: 'Parts', cell: ({ record }) => String(record.result.partsDone ?? '–') },
    { head: 'Energy, Wh', cell: ({ record }) => inFigures(record.result.energyWh) },
    { head: 'VB at the end, mm', cell: ({ record }) => inFigures(record.result.flankWear) },
  ];
  return table(
    'Jobs in the order in which they ran',
    columns,
    records.map((record, i) => ({ record, number: i + 1 })),
  );
}

const GROUP_COLUMNS: Column<GroupFigures>[] = [
  { head: 'Jobs', cell: ({ jobs }) => String(jobs) },
  { head: 'Cut short', cell: ({ cutShort }) => String(cutShort) },
  { head: 'Samples', cell: ({ samples }) => inWhole(samples) },
  { head: 'Parts', cell: ({ parts }) => String(parts) },
  { head: 'In the cut, min', cell: ({ cuttingMinutes }) => inFigures(cuttingMinutes) },
  { head: 'Torque, N·m', cell: ({ torqueNm }) => inFigures(torqueNm) },
  { head: 'Power, W', cell: ({ powerW }) => inFigures(powerW) },
  { head: 'Cutting force, N', cell: ({ cuttingForceN }) => inFigures(cuttingForceN) },
  { head: 'Vibration, mm/s', cell: ({ vibrationMmPerS }) => inFigures(vibrationMmPerS) },
  { head: 'Process, K', cell: ({ processK }) => inFigures(processK) },
  { head: 'Cutting zone, K', cell: ({ zoneK }) => inFigures(zoneK) },
  { head: 'Wear, mm/h in the cut', cell: ({ wearMmPerHour }) => inFigures(wearMmPerHour) },
  { head: 'Energy, Wh', cell: ({ energyWh }) => inFigures(energyWh) },
  { head: 'Failure prob., mean', cell: (group) => inFigures(group.meanFailureProbability, 2) },
  { head: 'greatest', cell: (group) => inFigures(group.greatestFailureProbability, 2) },
];

/** One row for each group of jobs; torque to cutting zone are means over the samples in the cut. */
export function groupTable(
  kind: string,
  caption: string,
  records: readonly RunRecord[],
  groupOf: (record: RunRecord) => string,
): string {
  const columns: Column<GroupFigures>[] = [{ head: kind, cell: ({ name }) => name }, ...GROUP_COLUMNS];
  return table(caption, columns, groupFigures(records, groupOf));
}
