import { CsvError, parse } from 'csv-parse/sync';
import type { ForceRecord } from '#domain/machining/force-growth.js';
import type { WearRecord } from '#domain/machining/wear-fit.js';

/** A file that holds no wear readings; the message is one line for the person at the terminal. */
export class WearFileError extends Error {}

/** Where a file keeps what, and in which units. */
export interface WearFileLayout {
  toolColumn: string;
  wearColumn: string;
  /** mm per unit of the wear column */
  wearUnitMm: number;
  /** seconds in the cut from one row of a tool to the next */
  rowSeconds: number;
  /** column with the cutting speed in m/min, or one speed for all rows */
  cuttingSpeed: { column: string } | { mPerMin: number };
}

const LEAST_ROWS = 3;

/**
 * Wear records of every tool, in the order in which the tools first appear; the rows of a tool are taken in the order of the
 * file.
 * @throws WearFileError
 */
export function readWearCsv(text: string, layout: WearFileLayout): WearRecord[] {
  const rows = parseRows(text);
  const speedColumn = 'column' in layout.cuttingSpeed ? layout.cuttingSpeed.column : undefined;
  requireColumns(rows, [layout.toolColumn, layout.wearColumn, ...(speedColumn === undefined ? [] : [speedColumn])]);
  const records = new Map<string, { [K in keyof WearRecord]: WearRecord[K] extends string ? string : number[] }>();
  for (const [i, row] of rows.entries()) {
    const tool = row[layout.toolColumn]!;
    const record = records.get(tool) ?? { tool, minutes: [], cuttingSpeedMPerMin: [], wearMm: [] };
    records.set(tool, record);
    record.minutes.push((record.minutes.length * layout.rowSeconds) / 60);
    record.wearMm.push(readNumber(row, layout.wearColumn, i) * layout.wearUnitMm);
    record.cuttingSpeedMPerMin.push(
      'column' in layout.cuttingSpeed ? readNumber(row, layout.cuttingSpeed.column, i) : layout.cuttingSpeed.mPerMin,
    );
  }
  const short = [...records.values()].find(({ minutes }) => minutes.length < LEAST_ROWS);
  if (short) throw new WearFileError(`Tool ${short.tool} has fewer than ${LEAST_ROWS} rows`);
  return [...records.values()];
}

/** A force of every tool beside its wear. @throws WearFileError */
export function readForces(text: string, layout: WearFileLayout, forceColumn: string): ForceRecord[] {
  const rows = parseRows(text);
  requireColumns(rows, [layout.toolColumn, layout.wearColumn, forceColumn]);
  const records = new Map<string, { tool: string; wearMm: number[]; force: number[] }>();
  for (const [i, row] of rows.entries()) {
    const tool = row[layout.toolColumn]!;
    const record = records.get(tool) ?? { tool, wearMm: [], force: [] };
    records.set(tool, record);
    record.wearMm.push(readNumber(row, layout.wearColumn, i) * layout.wearUnitMm);
    record.force.push(readNumber(row, forceColumn, i));
  }
  return [...records.values()];
}

function requireColumns(rows: readonly Record<string, string>[], names: readonly string[]): void {
  const missing = names.find((name) => !(name in (rows[0] ?? {})));
  if (missing !== undefined) throw new WearFileError(`The file has no column ${missing}`);
}

function parseRows(text: string): Record<string, string>[] {
  try {
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
    if (rows.length === 0) throw new WearFileError('The file has no rows below its heading');
    return rows;
  } catch (error) {
    if (error instanceof CsvError) throw new WearFileError(`The file is no CSV: ${error.message}`);
    throw error;
  }
}

/** Wear, speed and force are never negative. */
function readNumber(row: Record<string, string>, column: string, place: number): number {
  const written = row[column] ?? '';
  const value = written === '' ? Number.NaN : Number(written);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new WearFileError(`Row ${place + 1}: ${column} is "${written}", not a number of 0 or more`);
}
