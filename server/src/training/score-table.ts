import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Classifier } from '#domain/prediction/classifier.js';
import { PredictionInputError } from '#domain/prediction/prediction.errors.js';
import { Regressor } from '#domain/prediction/regressor.js';
import { RowReader } from '#domain/prediction/row-reader.js';
import { asTableError, csvRecords } from './csv-table.js';
import type { LoadedModel } from './model-folder.js';

/**
 * Scores every row of a CSV file: `id,probability` and one column per failure mode, or `id,value,lower,upper` of a regression.
 * The id is what stands in the first column. A fault of the input leaves no output behind.
 * @returns number of rows
 * @throws PredictionInputError, TrainingDataError telling row and column
 */
export async function scoreTable(
  loaded: Pick<LoadedModel, 'model' | 'weights'>,
  from: string,
  to: string,
): Promise<number> {
  const draft = `${to}.draft-${process.pid}`;
  const { header, score } = scorer(loaded);
  let rows = 0;
  const lines = async function* (records: AsyncIterable<string[]>): AsyncGenerator<string> {
    let reader: RowReader | undefined;
    for await (const record of records) {
      if (!reader) {
        reader = new RowReader(
          record.map((name) => name.trim()),
          loaded.model.inputs,
        );
        yield `${header.map(cell).join()}\n`;
        continue;
      }
      yield `${[cell(record[0] ?? ''), ...score(reader.read(record)).map(told)].join()}\n`;
      rows++;
    }
    if (!reader) throw new PredictionInputError('The table has no rows');
  };
  try {
    await pipeline(createReadStream(from), csvRecords(), lines, createWriteStream(draft));
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { force: true });
    throw asTableError(error);
  }
  return rows;
}

/** Columns of the output, and the numbers that follow the id of a row. */
function scorer({ model, weights }: Pick<LoadedModel, 'model' | 'weights'>): {
  header: string[];
  score(row: Float64Array): number[];
} {
  if (model.regression) {
    const regressor = new Regressor(model, weights);
    return {
      header: ['id', 'value', 'lower', 'upper'],
      score: (row) => {
        const { value, lower, upper } = regressor.estimate(row);
        return [value, lower, upper];
      },
    };
  }
  const classifier = new Classifier(model, weights);
  const modes = model.classification?.modes.map(({ name }) => name) ?? [];
  return {
    header: ['id', 'probability', ...modes],
    score: (row) => {
      const { probability, modes: byMode } = classifier.judge(row);
      return [probability, ...modes.map((name) => byMode[name]!)];
    },
  };
}

const told = (value: number): string => String(Number(value.toPrecision(9)));
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
