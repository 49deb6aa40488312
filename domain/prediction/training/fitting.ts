import type { Dataset } from '../dataset.js';
import { type FeatureRecipe, featureWriter, fitRecipe } from '../features.js';
import { FlatNet } from '../flat-net.js';
import { rowOf } from '../linear-algebra.js';
import { randomSource } from '../random-source.js';
import type { NetTrainer, NetWeights } from './net-task.js';

export interface TrainOptions {
  /** integer 0..2^32-1 */
  seed: number;
  trainer: NetTrainer;
  /** share of the training done, 0..1 */
  onProgress?: ((done: number) => void) | undefined;
}

/** What the nets of a fit learn, and how. */
export interface FitPlan {
  /** wanted outputs 0..1, a column each */
  outputs: readonly ArrayLike<number>[];
  /** labels by mode, from which limits are learned */
  labels: Readonly<Record<string, ArrayLike<number>>>;
  /** how often a row is shown in an epoch */
  repeats(row: number): number;
  /** what one standard deviation of a quantity counts */
  weight: number;
  hidden: number;
  learningRate: number;
  /** epochs for that many rows */
  epochs(rows: number): number;
  /** positions of the features that the nets read, by the rows they learn from; default: all */
  reads?(rows: Uint32Array): readonly number[];
}

/** Features and nets learned from some of the rows. */
export interface Fitted {
  recipe: FeatureRecipe;
  sizes: number[];
  nets: NetWeights[];
}

/** Fits of one training, side by side: prepares tasks, hands them to the trainer and adds up how far all of them are. */
export class Fitting {
  private readonly done: number[] = [];
  private total = Number.POSITIVE_INFINITY;

  constructor(
    private readonly dataset: Dataset,
    private readonly plan: FitPlan,
    private readonly options: TrainOptions,
  ) {}

  /** From now on the number of nets is known, and with it the share that is done. */
  allBegun(): void {
    this.total = this.done.length;
  }

  /** Learns from the rows at `rows`; `purpose` sets the seeds of `count` nets apart from those of other fits. */
  async fit(rows: Uint32Array, count: number, purpose: string): Promise<Fitted> {
    const { dataset, plan, options } = this;
    const recipe = fitRecipe(dataset.inputs, dataset.layout.quantities, plan.labels, rows, plan.weight);
    const inputs = featuresOf(dataset, recipe, rows);
    const width = plan.outputs.length;
    const outputs = new Float32Array(rows.length * width);
    for (const [i, row] of rows.entries()) {
      for (let o = 0; o < width; o++) outputs[i * width + o] = plan.outputs[o]![row]!;
    }
    const sizes = [inputs.length / rows.length, plan.hidden, width];
    const reads = plan.reads?.(rows);
    const read = reads ? columnsOf(inputs, sizes[0]!, reads) : inputs;
    const readSizes = [reads?.length ?? sizes[0]!, ...sizes.slice(1)];
    const repeats = Uint8Array.from(rows, (row) => plan.repeats(row));
    const epochs = plan.epochs(rows.length);
    const nets = Array.from({ length: count }, async (_, net) => {
      const place = this.done.push(0) - 1;
      const seed = Math.floor(randomSource(options.seed, `${purpose}, net ${net}`)() * 2 ** 32);
      const task = { inputs: read, outputs, repeats, sizes: readSizes, epochs, learningRate: plan.learningRate, seed };
      const trained = await options.trainer.train(task, (share) => this.report(place, share));
      return reads ? widened(trained, sizes[0]!, reads) : trained;
    });
    return { recipe, sizes, nets: await Promise.all(nets) };
  }

  /** Mean outputs of the fitted nets for the rows at `rows`, row after row. */
  outputs({ recipe, sizes, nets }: Fitted, rows: Uint32Array): Float64Array {
    const width = this.plan.outputs.length;
    const features = Float64Array.from(featuresOf(this.dataset, recipe, rows));
    const mean = new Float64Array(rows.length * width);
    const one = new Float64Array(rows.length * width);
    for (const { layers } of nets) {
      new FlatNet(sizes[0]!, layers).runBatch(features, rows.length, one);
      for (let i = 0; i < mean.length; i++) mean[i]! += one[i]! / nets.length;
    }
    return mean;
  }

  private report(place: number, share: number): void {
    this.done[place] = share;
    const sum = this.done.reduce((total, part) => total + part, 0);
    this.options.onProgress?.(sum / Math.max(Number.isFinite(this.total) ? this.total : 0, this.done.length));
  }
}

/** Features of the rows at `rows`, row after row. */
export function featuresOf(
  { inputs, layout }: Pick<Dataset, 'inputs' | 'layout'>,
  recipe: FeatureRecipe,
  rows: Uint32Array,
): Float32Array {
  const writer = featureWriter(layout.inputs, recipe);
  const now = new Float64Array(writer.size);
  const features = new Float32Array(rows.length * writer.size);
  for (const [i, row] of rows.entries()) {
    writer.write(rowOf(inputs, row), now, 0);
    features.set(now, i * writer.size);
  }
  return features;
}

/** The features at `positions` alone, row after row. */
function columnsOf(features: Float32Array, width: number, positions: readonly number[]): Float32Array {
  const count = positions.length;
  return Float32Array.from({ length: (features.length / width) * count }, (_, i) => {
    return features[Math.floor(i / count) * width + positions[i % count]!]!;
  });
}

/** The same net behind all features: those that it has not read weigh nothing. */
function widened({ layers: [first, ...others] }: NetWeights, width: number, positions: readonly number[]): NetWeights {
  const weights = first!.weights.map((read) => {
    const all = new Array<number>(width).fill(0);
    for (const [i, at] of positions.entries()) all[at] = read[i]!;
    return all;
  });
  return { layers: [{ weights, biases: first!.biases }, ...others] };
}
