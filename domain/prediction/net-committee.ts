import { type FeatureWriter, featureWriter } from './features.js';
import { FlatNet } from './flat-net.js';
import type { Model, Weights } from './model.js';
import { ModelFileError } from './prediction.errors.js';

/** Rows whose features are written at a time. */
const CHUNK = 256;

/** The nets of a model behind its features: outputs are their mean. Scratch space is its own, so calls must not interleave. */
export class NetCommittee {
  readonly outputSize: number;
  private readonly features: FeatureWriter;
  private readonly nets: FlatNet[];
  /** features of the row that was run last */
  readonly row: Float64Array;
  private readonly mean: Float64Array;
  private readonly rows: Float64Array;
  private readonly outputs: Float64Array;

  /** @throws ModelFileError where weights and model do not fit each other */
  constructor(model: Model, weights: Weights) {
    this.features = featureWriter(model.inputs, model.features);
    const { size } = this.features;
    if (model.sizes[0] !== size)
      throw new ModelFileError(`The model reads ${size} features, its nets ${model.sizes[0]}`);
    if (weights.nets.length !== model.nets) {
      throw new ModelFileError(`The model has ${model.nets} nets, its weights are those of ${weights.nets.length}`);
    }
    this.nets = weights.nets.map(({ layers }, i) => netOf(model.sizes, layers, i));
    this.outputSize = model.sizes.at(-1)!;
    this.row = new Float64Array(size);
    this.mean = new Float64Array(this.outputSize);
    this.rows = new Float64Array(size * CHUNK);
    this.outputs = new Float64Array(this.outputSize * CHUNK);
  }

  /** Mean outputs for one row of inputs; the array is overwritten by the next call. */
  run(inputs: ArrayLike<number>): Float64Array {
    const { mean, nets, row } = this;
    this.features.write(inputs, row, 0);
    mean.fill(0);
    for (let n = 0; n < nets.length; n++) {
      const outputs = nets[n]!.run(row);
      for (let i = 0; i < mean.length; i++) mean[i]! += outputs[i]!;
    }
    for (let i = 0; i < mean.length; i++) mean[i]! /= nets.length;
    return mean;
  }

  /**
   * Mean outputs for many rows.
   * @param inputs - row after row, `width` numbers each
   * @param out - row after row, `outputSize` numbers each
   */
  runBatch(inputs: Float64Array, width: number, count: number, out: Float64Array): void {
    const { features, nets, rows, outputs, outputSize } = this;
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      for (let i = 0; i < size; i++) {
        const at = (from + i) * width;
        features.write(inputs.subarray(at, at + width), rows, i * features.size);
      }
      const to = from * outputSize;
      const numbers = size * outputSize;
      for (let n = 0; n < nets.length; n++) {
        nets[n]!.runBatch(rows, size, outputs);
        if (n === 0) for (let i = 0; i < numbers; i++) out[to + i] = outputs[i]!;
        else for (let i = 0; i < numbers; i++) out[to + i]! += outputs[i]!;
      }
      for (let i = 0; i < numbers; i++) out[to + i]! /= nets.length;
    }
  }
}

function netOf(sizes: readonly number[], layers: Weights['nets'][number]['layers'], net: number): FlatNet {
  const found = [sizes[0]!, ...layers.map(({ biases }) => biases.length)];
  if (found.join() !== sizes.join()) {
    throw new ModelFileError(`Net ${net} has layers of ${found.join(', ')} nodes, not of ${sizes.join(', ')}`);
  }
  try {
    return new FlatNet(sizes[0]!, layers);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ModelFileError(`Net ${net}: ${why}`, { cause: error });
  }
}
