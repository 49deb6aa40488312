import { fnv1a32, nextUniform } from '../machining/random.js';

/** Uniform numbers in [0, 1). */
export type RandomSource = () => number;

/** The numbers of purpose `name` under `seed` (integer 0..2^32-1): equal seeds and names give equal numbers. */
export function randomSource(seed: number, name: string): RandomSource {
  const stream = Int32Array.of(fnv1a32(`${seed}:${name}`));
  return () => nextUniform(stream, 0);
}

/** Puts `items` into a random order, in place (Fisher-Yates). */
export function shuffle<T extends { length: number; [index: number]: unknown }>(items: T, random: RandomSource): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = items[i];
    items[i] = items[j];
    items[j] = kept;
  }
  return items;
}
