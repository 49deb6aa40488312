import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';

/** One stored sample of a lathe. */
export interface TelemetrySample {
  /** Counts the samples of a lathe from 1 and never restarts. */
  number: number;
  tick: number;
  tickTimeMs: number;
  machineMinutes: number;
  /** one value per channel in the order of CHANNELS, NaN = unknown */
  values: Float32Array;
}

/** f64 number | f64 tick time, epoch ms | f64 machine minutes | u32 tick | u32 0 | channels × f32, little-endian */
const SAMPLE_BYTES = 32 + 4 * CHANNEL_COUNT;

export function encodeSamples(samples: readonly TelemetrySample[]): Buffer {
  const buffer = Buffer.alloc(samples.length * SAMPLE_BYTES);
  let offset = 0;
  for (const sample of samples) {
    buffer.writeDoubleLE(sample.number, offset);
    buffer.writeDoubleLE(sample.tickTimeMs, offset + 8);
    buffer.writeDoubleLE(sample.machineMinutes, offset + 16);
    buffer.writeUInt32LE(sample.tick, offset + 24);
    for (let i = 0; i < CHANNEL_COUNT; i++) buffer.writeFloatLE(sample.values[i] ?? Number.NaN, offset + 32 + 4 * i);
    offset += SAMPLE_BYTES;
  }
  return buffer;
}

/** The samples of an entry; bytes behind the last whole sample are ignored. */
export function decodeSamples(buffer: Buffer): TelemetrySample[] {
  const samples: TelemetrySample[] = [];
  for (let offset = 0; offset + SAMPLE_BYTES <= buffer.length; offset += SAMPLE_BYTES) {
    const values = new Float32Array(CHANNEL_COUNT);
    for (let i = 0; i < CHANNEL_COUNT; i++) values[i] = buffer.readFloatLE(offset + 32 + 4 * i);
    samples.push({
      number: buffer.readDoubleLE(offset),
      tickTimeMs: buffer.readDoubleLE(offset + 8),
      machineMinutes: buffer.readDoubleLE(offset + 16),
      tick: buffer.readUInt32LE(offset + 24),
      values,
    });
  }
  return samples;
}
