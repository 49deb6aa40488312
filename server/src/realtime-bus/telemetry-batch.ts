import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import type { Injected } from '#domain/telemetry/injected.js';

/** One stored sample of a lathe. */
export interface TelemetrySample {
  /** Counts the samples of a lathe from 1 and never restarts. */
  number: number;
  tick: number;
  tickTimeMs: number;
  machineMinutes: number;
  /** one value per channel in the order of CHANNELS, NaN = unknown */
  values: Float32Array;
  /** absent where no injected fault acted */
  injected?: Injected;
}

/**
 * f64 number | f64 tick time, epoch ms | f64 machine minutes | u32 tick | u32 bytes of what was injected | channels × f32 |
 * what was injected as JSON, nothing where there is none; little-endian
 */
const SAMPLE_BYTES = 32 + 4 * CHANNEL_COUNT;
const NOTHING = Buffer.alloc(0);

export function encodeSamples(samples: readonly TelemetrySample[]): Buffer {
  const injected = samples.map((sample) => (sample.injected ? Buffer.from(JSON.stringify(sample.injected)) : NOTHING));
  const buffer = Buffer.alloc(injected.reduce((sum, { length }) => sum + length, samples.length * SAMPLE_BYTES));
  let offset = 0;
  for (const [at, sample] of samples.entries()) {
    const tail = injected[at]!;
    buffer.writeDoubleLE(sample.number, offset);
    buffer.writeDoubleLE(sample.tickTimeMs, offset + 8);
    buffer.writeDoubleLE(sample.machineMinutes, offset + 16);
    buffer.writeUInt32LE(sample.tick, offset + 24);
    buffer.writeUInt32LE(tail.length, offset + 28);
    for (let i = 0; i < CHANNEL_COUNT; i++) buffer.writeFloatLE(sample.values[i] ?? Number.NaN, offset + 32 + 4 * i);
    tail.copy(buffer, offset + SAMPLE_BYTES);
    offset += SAMPLE_BYTES + tail.length;
  }
  return buffer;
}

/** The samples of an entry; bytes behind the last whole sample are ignored. */
export function decodeSamples(buffer: Buffer): TelemetrySample[] {
  const samples: TelemetrySample[] = [];
  let offset = 0;
  while (offset + SAMPLE_BYTES <= buffer.length) {
    const end = offset + SAMPLE_BYTES + buffer.readUInt32LE(offset + 28);
    if (end > buffer.length) break;
    const values = new Float32Array(CHANNEL_COUNT);
    for (let i = 0; i < CHANNEL_COUNT; i++) values[i] = buffer.readFloatLE(offset + 32 + 4 * i);
    samples.push({
      number: buffer.readDoubleLE(offset),
      tickTimeMs: buffer.readDoubleLE(offset + 8),
      machineMinutes: buffer.readDoubleLE(offset + 16),
      tick: buffer.readUInt32LE(offset + 24),
      values,
      ...(end > offset + SAMPLE_BYTES
        ? { injected: JSON.parse(buffer.toString('utf8', offset + SAMPLE_BYTES, end)) as Injected }
        : {}),
    });
    offset = end;
  }
  return samples;
}
