import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type { TextTable } from '#domain/prediction/dataset.js';
import { TrainingDataError } from '#domain/prediction/prediction.errors.js';

/** Longest record, in characters: a line of a table of sensor features has a few thousand. */
const LONGEST_RECORD = 1_000_000;
const MOST_ROWS = 1_000_000;

/** Records of a CSV file one by one, header first; every record is as long as the header. */
export function csvRecords() {
  return parse({ bom: true, skip_empty_lines: true, trim: false, max_record_size: LONGEST_RECORD });
}

/** What is wrong with a CSV file, in words that tell the line; other errors as they are. */
export function asTableError(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const path = `line ${error['lines'] ?? '?'}`;
  const message = WORDS[error.code] ?? error.message;
  return new TrainingDataError(`${path}: ${message}`, { cause: error, errors: [{ path, message }] });
}

const WORDS: Record<string, string> = {
  CSV_MAX_RECORD_SIZE: `is longer than ${LONGEST_RECORD} characters`,
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'has not as many cells as the header',
  CSV_QUOTE_NOT_CLOSED: 'opens a quote that is never closed',
};

/**
 * Reads a CSV file whole.
 * @returns the table and the SHA-256 of the file's bytes, hex
 * @throws TrainingDataError telling the line that is no part of a table
 */
export async function readCsvTable(file: string): Promise<{ table: TextTable; sha256: string }> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const records: string[][] = [];
  try {
    await pipeline(createReadStream(file), hashing, csvRecords(), async (source: AsyncIterable<string[]>) => {
      for await (const record of source) {
        if (records.length > MOST_ROWS) throw new TrainingDataError(`The table has more than ${MOST_ROWS} rows`);
        records.push(record);
      }
    });
  } catch (error) {
    throw asTableError(error);
  }
  const header = records.shift()?.map((name) => name.trim());
  if (!header || records.length === 0) throw new TrainingDataError('The table has no rows');
  return { table: { header, records }, sha256: hash.digest('hex') };
}
