import { readInput } from './cells.js';
import type { InputColumn } from './features.js';
import { PredictionInputError } from './prediction.errors.js';

/**
 * Reads rows of a table for a model: only the model's own inputs, wherever they stand; labels and other columns are passed over.
 * @throws PredictionInputError for a column that is missing or stands twice, and for a cell that is no finite number
 */
export class RowReader {
  private readonly places: number[];
  private readonly values: Float64Array;
  private row = 0;

  constructor(
    header: readonly string[],
    private readonly inputs: readonly InputColumn[],
  ) {
    this.places = inputs.map(({ name }) => header.indexOf(name));
    const missing = inputs.filter((_, i) => this.places[i]! < 0).map(({ name }) => name);
    if (missing.length > 0) {
      throw new PredictionInputError(`The table has no column ${missing.join(', ')}`, {
        errors: missing.map((name) => ({ path: `column ${name}`, message: 'is missing' })),
      });
    }
    for (const { name } of inputs) {
      if (header.indexOf(name) !== header.lastIndexOf(name))
        throw refusal(`column ${name}`, 'stands in the header twice');
    }
    this.values = new Float64Array(inputs.length);
  }

  /** Inputs of the next record; the array is overwritten by the next call. */
  read(record: readonly string[]): Float64Array {
    this.row++;
    for (const [i, input] of this.inputs.entries()) {
      const value = readInput(record[this.places[i]!] ?? '', input);
      if (typeof value === 'string') throw refusal(`row ${this.row}, column ${input.name}`, value);
      this.values[i] = value;
    }
    return this.values;
  }
}

const refusal = (path: string, message: string): PredictionInputError =>
  new PredictionInputError(`${path}: ${message}`, { errors: [{ path, message }] });
