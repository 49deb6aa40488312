import { figures, page, type Section } from '../html/page.js';
import { barPlot } from '../svg/bars.js';
import { inFigures, inWhole } from '../svg/scales.js';
import { correlationSection, distributionSection, timeSection } from './channel-sections.js';
import { failureSection, wearSection } from './condition-sections.js';
import { type DrawnJob, drawnJobs } from './looks.js';
import type { RunData, RunRecord } from './run-record.js';
import { groupTable, jobsTable } from './tables.js';

/** The report on a test run as one HTML page. @param at - when it is made */
export function simulationReport(data: RunData, at: Date): string {
  const { records } = data;
  const drawn = drawnJobs(records);
  return page({
    title: 'Test run of the simulator',
    lead: inWords(data),
    sections: [
      overviewSection(records, drawn),
      groupsSection(records),
      timeSection(drawn, records.length),
      distributionSection(records),
      correlationSection(records),
      failureSection(records, drawn),
      wearSection(records, drawn),
    ],
    foot: `Byte-Astra, ${at.toISOString()}. Every value comes from the simulator: none was measured on a machine.`,
  });
}

function inWords({ records, samples, stride, firstMs, lastMs }: RunData): string {
  const lathes = new Set(records.map(({ latheId }) => latheId)).size;
  const thinned = stride > 1 ? ` Of so many, one in ${stride} was read.` : '';
  return `${records.length} jobs on ${lathes} lathes, ${inWhole(samples)} samples from ${iso(firstMs)} to ${iso(lastMs)} of simulated time.${thinned}`;
}

const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function overviewSection(records: readonly RunRecord[], drawn: readonly DrawnJob[]): Section {
  return {
    id: 'jobs',
    title: 'Jobs',
    about: 'What ran, how it ended and what it took.',
    content: jobsTable(records, drawn),
  };
}

function groupsSection(records: readonly RunRecord[]): Section {
  const materialOf = ({ material }: RunRecord) => material;
  const typeOf = ({ jobType }: RunRecord) => jobType;
  return {
    id: 'materials',
    title: 'Materials and job types',
    about:
      'Torque, power, force, vibration and temperatures are means over the samples in the cut, the failure probability is over all samples.',
    content:
      groupTable('Material', 'By material', records, materialOf) +
      groupTable('Job type', 'By job type', records, typeOf) +
      figures([
        { plot: energyBars(records, 'material', materialOf), caption: 'Spindle energy of all jobs of a material.' },
        { plot: energyBars(records, 'job type', typeOf), caption: 'Spindle energy of all jobs of a type.' },
      ]),
  };
}

function energyBars(records: readonly RunRecord[], kind: string, groupOf: (record: RunRecord) => string): string {
  const totals = new Map<string, number>();
  for (const record of records) {
    totals.set(groupOf(record), (totals.get(groupOf(record)) ?? 0) + (record.result.energyWh ?? 0));
  }
  return barPlot({
    name: `Energy by ${kind}`,
    title: `Energy in Wh, by ${kind}`,
    bars: [...totals]
      .sort(([, a], [, b]) => b - a)
      .map(([label, value]) => ({ label, value, written: inFigures(value) })),
  });
}
