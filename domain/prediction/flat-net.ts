import { fastSigmoid } from './fast-sigmoid.js';

/** Weights of a fully connected layer with sigmoid nodes: `weights[node][input]`, one bias per node. */
export interface LayerWeights {
  weights: readonly ArrayLike<number>[];
  biases: ArrayLike<number>;
}

interface FlatLayer {
  inputs: number;
  nodes: number;
  /** node by node */
  weights: Float64Array;
  biases: Float64Array;
}

/** Rows that the batch kernel takes at a time. */
const LANES = 4;

/**
 * Forward pass of a sigmoid net as brain.js trains it, over flat arrays: sums in double precision, outputs of each layer
 * rounded to single precision as brain.js keeps them. One row computes four nodes side by side, a batch four rows, so that
 * additions need not wait for each other.
 */
export class FlatNet {
  readonly inputSize: number;
  readonly outputSize: number;
  private readonly layers: FlatLayer[];
  private readonly input: Float64Array;
  private readonly one: Float64Array[];
  private readonly four: Float64Array[];

  /** @throws RangeError where a layer does not fit the one before */
  constructor(inputSize: number, layers: readonly LayerWeights[]) {
    this.inputSize = inputSize;
    let width = inputSize;
    this.layers = layers.map((layer, i) => {
      const flat = flatten(layer, width, i);
      width = flat.nodes;
      return flat;
    });
    this.outputSize = width;
    this.input = new Float64Array(inputSize);
    this.one = this.layers.map(({ nodes }) => new Float64Array(nodes));
    this.four = this.layers.map(({ nodes }) => new Float64Array(nodes * LANES));
  }

  /** Outputs of one row; the array is the net's own and is overwritten by the next call. */
  run(input: ArrayLike<number>): Float64Array {
    this.input.set(input);
    let values = this.input;
    for (let i = 0; i < this.layers.length; i++) {
      const out = this.one[i]!;
      runLayer(this.layers[i]!, values, out);
      values = out;
    }
    return values;
  }

  /**
   * Outputs of many rows.
   * @param inputs - row after row
   * @param out - `rows` times `outputSize`, row after row
   */
  runBatch(inputs: Float64Array, rows: number, out: Float64Array): void {
    const { inputSize, outputSize, layers } = this;
    const whole = rows - (rows % LANES);
    for (let row = 0; row < whole; row += LANES) {
      let values = inputs;
      let from = row * inputSize;
      for (let i = 0; i < layers.length; i++) {
        const last = i === layers.length - 1;
        const to = last ? out : this.four[i]!;
        runLayerOnFour(layers[i]!, values, from, to, last ? row * outputSize : 0);
        values = to;
        from = 0;
      }
    }
    for (let row = whole; row < rows; row++) {
      out.set(this.run(inputs.subarray(row * inputSize, (row + 1) * inputSize)), row * outputSize);
    }
  }
}

function flatten({ weights, biases }: LayerWeights, width: number, index: number): FlatLayer {
  const nodes = weights.length;
  if (nodes === 0 || biases.length !== nodes)
    throw new RangeError(`layer ${index}: ${nodes} nodes, ${biases.length} biases`);
  const flat = new Float64Array(nodes * width);
  for (const [node, row] of weights.entries()) {
    if (row.length !== width)
      throw new RangeError(`layer ${index}, node ${node}: ${row.length} weights for ${width} inputs`);
    flat.set(row, node * width);
  }
  return { inputs: width, nodes, weights: flat, biases: Float64Array.from(biases) };
}

function runLayer({ inputs, nodes, weights, biases }: FlatLayer, values: Float64Array, out: Float64Array): void {
  let node = 0;
  for (; node + LANES <= nodes; node += LANES) {
    let a = biases[node]!;
    let b = biases[node + 1]!;
    let c = biases[node + 2]!;
    let d = biases[node + 3]!;
    let at = node * inputs;
    for (let k = 0; k < inputs; k++, at++) {
      const x = values[k]!;
      a += weights[at]! * x;
      b += weights[at + inputs]! * x;
      c += weights[at + 2 * inputs]! * x;
      d += weights[at + 3 * inputs]! * x;
    }
    out[node] = Math.fround(fastSigmoid(a));
    out[node + 1] = Math.fround(fastSigmoid(b));
    out[node + 2] = Math.fround(fastSigmoid(c));
    out[node + 3] = Math.fround(fastSigmoid(d));
  }
  for (; node < nodes; node++) {
    let sum = biases[node]!;
    const at = node * inputs;
    for (let k = 0; k < inputs; k++) sum += weights[at + k]! * values[k]!;
    out[node] = Math.fround(fastSigmoid(sum));
  }
}

/**
 * Four rows that follow each other, from `values` at `from` into `out` at `to`: two nodes side by side, so that a value that
 * has been read counts twice. A node without a neighbour goes alone.
 */
function runLayerOnFour(layer: FlatLayer, values: Float64Array, from: number, out: Float64Array, to: number): void {
  const { inputs, nodes, weights, biases } = layer;
  const paired = nodes - (nodes % 2);
  for (let node = 0; node < paired; node += 2) {
    let a0 = biases[node]!;
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = biases[node + 1]!;
    let b1 = b0;
    let b2 = b0;
    let b3 = b0;
    let at = node * inputs;
    let x = from;
    for (let k = 0; k < inputs; k++, at++, x++) {
      const wa = weights[at]!;
      const wb = weights[at + inputs]!;
      const x0 = values[x]!;
      const x1 = values[x + inputs]!;
      const x2 = values[x + 2 * inputs]!;
      const x3 = values[x + 3 * inputs]!;
      a0 += wa * x0;
      a1 += wa * x1;
      a2 += wa * x2;
      a3 += wa * x3;
      b0 += wb * x0;
      b1 += wb * x1;
      b2 += wb * x2;
      b3 += wb * x3;
    }
    writeFour(out, to + node, nodes, a0, a1, a2, a3);
    writeFour(out, to + node + 1, nodes, b0, b1, b2, b3);
  }
  if (paired < nodes) runLastNodeOnFour(layer, values, from, out, to);
}

function runLastNodeOnFour(
  { inputs, nodes, weights, biases }: FlatLayer,
  values: Float64Array,
  from: number,
  out: Float64Array,
  to: number,
): void {
  const node = nodes - 1;
  let a = biases[node]!;
  let b = a;
  let c = a;
  let d = a;
  for (let k = 0; k < inputs; k++) {
    const w = weights[node * inputs + k]!;
    const x = from + k;
    a += w * values[x]!;
    b += w * values[x + inputs]!;
    c += w * values[x + 2 * inputs]!;
    d += w * values[x + 3 * inputs]!;
  }
  writeFour(out, to + node, nodes, a, b, c, d);
}

/** One node's outputs for four rows, `apart` numbers from each other. */
function writeFour(out: Float64Array, at: number, apart: number, a: number, b: number, c: number, d: number): void {
  out[at] = Math.fround(fastSigmoid(a));
  out[at + apart] = Math.fround(fastSigmoid(b));
  out[at + 2 * apart] = Math.fround(fastSigmoid(c));
  out[at + 3 * apart] = Math.fround(fastSigmoid(d));
}
