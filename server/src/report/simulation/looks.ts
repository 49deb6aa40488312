import { JOB_TYPES } from '#domain/contract/enums.js';
import { TONE_COUNT } from '../svg/style.js';
import type { RunRecord } from './run-record.js';

/** Lines of more jobs than this would hide each other. */
const MOST_DRAWN = 24;

/** How a job looks in every plot of the report. */
export interface DrawnJob {
  record: RunRecord;
  /** 1-based place in the table of jobs */
  number: number;
  tone: number;
  /** at the end of its line; undefined where there are too many */
  mark: string | undefined;
  name: string;
}

/** The jobs as they are drawn: all of them with a colour each, or some, evenly chosen, coloured by their type. */
export function drawnJobs(records: readonly RunRecord[]): DrawnJob[] {
  const isFew = records.length <= TONE_COUNT;
  const stride = Math.max(1, records.length / MOST_DRAWN);
  const places = Array.from({ length: Math.min(records.length, MOST_DRAWN) }, (_, i) => Math.floor(i * stride));
  return places.map((place) => {
    const record = records[place]!;
    return {
      record,
      number: place + 1,
      tone: isFew ? place : JOB_TYPES.indexOf(record.jobType),
      mark: isFew ? String(place + 1) : undefined,
      name: `Job ${place + 1}: ${inWords(record)}`,
    };
  });
}

/** What the colours mean. */
export function toneNames(drawn: readonly DrawnJob[]): { tone: number; name: string }[] {
  if (drawn.every(({ mark }) => mark !== undefined)) return drawn.map(({ tone, name }) => ({ tone, name }));
  const types = new Set(drawn.map(({ record }) => record.jobType));
  return JOB_TYPES.flatMap((type, tone) => (types.has(type) ? [{ tone, name: type }] : []));
}

const inWords = ({ jobType, material, toolNo }: RunRecord): string => `${jobType}, ${material}, tool ${toolNo}`;
