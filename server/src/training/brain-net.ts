import brain from 'brain.js';
import { randomSource, shuffle } from '#domain/prediction/random-source.js';
import type { NetTask, NetWeights } from '#domain/prediction/training/net-task.js';

/** Steps of the learning rate end at this share of the first one. */
const LAST_RATE = 0.01;

/**
 * Trains one net with brain.js: Adam, one row at a time, rows shuffled in every epoch. brain.js draws its first weights from
 * Math.random, which is replaced for the time: run it in a thread of its own.
 * @param onEpoch - share of the epochs that are done, 0..1
 */
export function trainBrainNet(task: NetTask, onEpoch: (done: number) => void): NetWeights {
  const { sizes, epochs, learningRate, seed } = task;
  const random = randomSource(seed, 'brain.js');
  const usual = Math.random;
  Math.random = random;
  try {
    const net = new brain.NeuralNetwork<number[], number[]>({
      inputSize: sizes[0]!,
      hiddenLayers: sizes.slice(1, -1),
      outputSize: sizes.at(-1)!,
      activation: 'sigmoid',
      praxis: 'adam',
      learningRate,
    });
    net.initialize();
    const patterns = patternsOf(task);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const share = (1 + Math.cos((Math.PI * epoch) / epochs)) / 2;
      net.updateTrainingOptions({ learningRate: learningRate * Math.max(LAST_RATE, share) });
      net.trainPatterns(shuffle(patterns, random));
      onEpoch((epoch + 1) / epochs);
    }
    return shortened(net.toJSON());
  } finally {
    Math.random = usual;
  }
}

interface Pattern {
  input: Float32Array;
  output: Float32Array;
}

function patternsOf({ inputs, outputs, repeats, sizes }: NetTask): Pattern[] {
  const width = sizes[0]!;
  const wanted = sizes.at(-1)!;
  const patterns: Pattern[] = [];
  for (const [row, times] of repeats.entries()) {
    const pattern = {
      input: inputs.subarray(row * width, (row + 1) * width),
      output: outputs.subarray(row * wanted, (row + 1) * wanted),
    };
    for (let time = 0; time < times; time++) patterns.push(pattern);
  }
  return patterns;
}

/** Weights from the first hidden layer on, as short as single precision allows. */
function shortened({ layers }: { layers: { weights: number[][]; biases: number[] }[] }): NetWeights {
  return {
    layers: layers.slice(1).map(({ weights, biases }) => ({
      weights: weights.map((row) => row.map(shortest)),
      biases: biases.map(shortest),
    })),
  };
}

/** Nine digits tell every single-precision number apart. */
const shortest = (value: number): number => Number(value.toPrecision(9));
