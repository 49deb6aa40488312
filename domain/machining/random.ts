/**
 * Reproducible randomness: one mulberry32 stream per purpose, each with one 32-bit integer of state, so that
 * a new sensor never shifts the numbers of another one.
 */
export const STREAM_NAMES = [
  'torque',
  'rpm',
  'vibration',
  'processTemperature',
  'cuttingZoneTemperature',
  'airTemp',
  'flankWear',
  'hazard',
  'material',
  'toolLife',
  'randomFailure',
] as const;
export type StreamName = (typeof STREAM_NAMES)[number];

/** Position of each stream in a `RandomStreams` array. */
export const STREAM = Object.fromEntries(STREAM_NAMES.map((name, i) => [name, i])) as Record<StreamName, number>;

/** State of every stream, in the order of STREAM_NAMES. */
export type RandomStreams = Int32Array;

const TWO_POW_32 = 4294967296;

/**
 * 32-bit FNV-1a hash of the UTF-8 bytes of `text`, 0..2^32-1.
 * @see G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm
 */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** First state of the stream `name` of a run with `seed` (integer 0..2^32-1). */
function streamState(seed: number, name: string): number {
  return fnv1a32(`${seed}:${name}`) | 0;
}

/** All streams of a run, freshly seeded. */
export function createStreams(seed: number): RandomStreams {
  return seedStreams(new Int32Array(STREAM_NAMES.length), seed);
}

/** Seeds `streams` anew, in place. */
export function seedStreams(streams: RandomStreams, seed: number): RandomStreams {
  for (let i = 0; i < STREAM_NAMES.length; i++) streams[i] = streamState(seed, STREAM_NAMES[i]!);
  return streams;
}

/** Next uniform number in [0, 1) of stream `index`; moves the stream. @see T. Ettinger, mulberry32 (public domain) */
export function nextUniform(streams: RandomStreams, index: number): number {
  const a = (streams[index]! + 0x6d2b79f5) | 0;
  streams[index] = a;
  let t = Math.imul(a ^ (a >>> 15), a | 1);
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / TWO_POW_32;
}

/** Next standard normal number of stream `index` (Box-Muller, cosine branch): takes two uniforms. */
export function nextGaussian(streams: RandomStreams, index: number): number {
  const u1 = nextUniform(streams, index);
  const u2 = nextUniform(streams, index);
  return Math.sqrt(-2 * Math.log(Math.max(u1, 1 / TWO_POW_32))) * Math.cos(2 * Math.PI * u2);
}
