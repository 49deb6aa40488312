import { describe, expect, it } from '@jest/globals';
import brain from 'brain.js';
import fc from 'fast-check';
import { fastSigmoid } from './fast-sigmoid.js';
import { FlatNet } from './flat-net.js';
import { randomSource } from './random-source.js';

/** A net of brain.js with random weights up to `scale`, and the same one on flat arrays. */
function twins(sizes: number[], scale: number, seed: number) {
  const random = randomSource(seed, 'net');
  const draw = () => Math.fround(scale * (2 * random() - 1));
  const layers = sizes.slice(1).map((nodes, i) => ({
    weights: Array.from({ length: nodes }, () => Array.from({ length: sizes[i]! }, draw)),
    biases: Array.from({ length: nodes }, draw),
  }));
  const net = new brain.NeuralNetwork<number[], number[]>();
  net.fromJSON({
    ...new brain.NeuralNetwork({ inputSize: 1, outputSize: 1 }).toJSON(),
    sizes,
    layers: [{ weights: [], biases: [] }, ...layers],
  });
  return { net, flat: new FlatNet(sizes[0]!, layers), draw };
}

describe('the flat net', () => {
  it('gives what brain.js gives within 1e-6, row by row and in batches of any size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 4 }),
        fc.double({ min: 0.01, max: 8, noNaN: true }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 11 }),
        (sizes, scale, seed, rows) => {
          const { net, flat, draw } = twins(sizes, scale, seed);
          const inputs = Array.from({ length: rows }, () => Array.from({ length: sizes[0]! }, draw));
          const wanted = inputs.flatMap((input) => [...net.run(input)]);
          const batch = new Float64Array(wanted.length);
          flat.runBatch(Float64Array.from(inputs.flat()), rows, batch);
          for (const [i, value] of wanted.entries()) expect(Math.abs(batch[i]! - value)).toBeLessThan(1e-6);
          for (const [row, input] of inputs.entries()) {
            for (const [i, value] of flat.run(input).entries()) {
              expect(Math.abs(value - wanted[row * flat.outputSize + i]!)).toBeLessThan(1e-6);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses layers that do not fit', () => {
    expect(() => new FlatNet(2, [{ weights: [[1, 2, 3]], biases: [0] }])).toThrow(
      'layer 0, node 0: 3 weights for 2 inputs',
    );
    expect(() => new FlatNet(2, [{ weights: [[1, 2]], biases: [] }])).toThrow('layer 0: 1 nodes, 0 biases');
  });
});

describe('the fast sigmoid', () => {
  it('is within 1e-8 of the true one', () => {
    let worst = 0;
    for (let x = -45; x <= 45; x += 0.000_7) {
      worst = Math.max(worst, Math.abs(fastSigmoid(x) - 1 / (1 + Math.exp(-x))));
    }
    expect(worst).toBeLessThan(1e-8);
    expect(fastSigmoid(Number.POSITIVE_INFINITY)).toBe(1);
    expect(fastSigmoid(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(fastSigmoid(Number.NaN)).toBeNaN();
  });
});
