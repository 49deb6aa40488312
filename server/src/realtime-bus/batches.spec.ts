import { describe, expect, it } from '@jest/globals';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { RECORD_BYTES, type TickRecord } from '#domain/telemetry/frame.js';
import { decodeSamples, encodeSamples, type TelemetrySample } from './telemetry-batch.js';
import { TickBatchReader, TickBatchWriter } from './tick-batch.js';

const values = (seed: number) => Float32Array.from({ length: CHANNEL_COUNT }, (_, i) => seed + i / 8);
const record = (latheIndex: number): TickRecord => ({
  latheIndex,
  status: 1,
  flags: 2,
  tickNumber: 4_000_000_000 + latheIndex,
  tickTimeMs: 1_750_000_000_100 + latheIndex,
  values: values(latheIndex),
});

function readAll(batch: Buffer) {
  const found: { record: TickRecord; latheEpoch: number; workerInstance: number }[] = [];
  const isWhole = new TickBatchReader().forEach(batch, (each, latheEpoch, workerInstance) => {
    found.push({ record: { ...each, values: each.values.slice() }, latheEpoch, workerInstance });
  });
  return { isWhole, found };
}

describe('batch of ticks', () => {
  it('brings back every record with the epoch of its lathe', () => {
    const writer = new TickBatchWriter(0xfedcba98);
    writer.begin();
    writer.add(7, record(0));
    writer.add(0xffff_ffff, record(499));
    const { isWhole, found } = readAll(writer.finish(1_750_000_000_123));
    expect(isWhole).toBe(true);
    expect(found).toEqual([
      { record: record(0), latheEpoch: 7, workerInstance: 0xfedcba98 },
      { record: record(499), latheEpoch: 0xffff_ffff, workerInstance: 0xfedcba98 },
    ]);
  });

  it('has the layout that its description gives', () => {
    const writer = new TickBatchWriter(5);
    writer.begin();
    writer.add(9, record(3));
    const batch = writer.finish(1234.5);
    expect(batch).toHaveLength(16 + 4 + RECORD_BYTES);
    expect([batch[0], batch[1], batch.readUInt16LE(2), batch.readUInt32LE(4)]).toEqual([1, 0, 1, 5]);
    expect(batch.readDoubleLE(8)).toBe(1234.5);
    expect([batch.readUInt32LE(16), batch.readUInt16LE(20), batch[22]]).toEqual([9, 3, 1]);
  });

  it('grows with the fleet and begins anew at each tick', () => {
    const writer = new TickBatchWriter(1);
    for (const size of [2000, 3]) {
      writer.begin();
      for (let i = 0; i < size; i++) writer.add(1, record(i));
      expect(readAll(writer.finish(0)).found.map((each) => each.record.latheIndex)).toEqual(
        Array.from({ length: size }, (_, i) => i),
      );
    }
  });

  it('refuses bytes that are cut short or of another version', () => {
    const writer = new TickBatchWriter(1);
    writer.begin();
    writer.add(1, record(0));
    const batch = Buffer.from(writer.finish(0));
    expect(readAll(batch.subarray(0, batch.length - 1))).toEqual({ isWhole: false, found: [] });
    expect(readAll(Buffer.alloc(3)).isWhole).toBe(false);
    batch[0] = 2;
    expect(readAll(batch).isWhole).toBe(false);
  });
});

describe('batch of samples', () => {
  const sample = (number: number): TelemetrySample => ({
    number,
    tick: number * 50,
    tickTimeMs: 1_750_000_000_000 + number * 5000,
    machineMinutes: number / 3,
    values: values(number),
  });

  it('brings back what went in, unknown values and large numbers too', () => {
    const samples = [
      sample(1),
      { ...sample(2), number: 2 ** 40 },
      { ...sample(3), values: values(0).fill(Number.NaN) },
    ];
    expect(decodeSamples(encodeSamples(samples))).toEqual(samples);
  });

  it('carries what was injected beside those samples on which a fault acted', () => {
    const injected: TelemetrySample['injected'] = {
      faults: [{ id: '1763928123456-0', type: 'sensorStuck', severity: 1, channel: 'torque' }],
      truth: { torque: 41.5, power: null },
    };
    const samples = [sample(1), { ...sample(2), injected }, sample(3)];
    const bytes = encodeSamples(samples);
    expect(decodeSamples(bytes)).toEqual(samples);
    expect(decodeSamples(bytes.subarray(0, 2 * 104 + 5))).toEqual([sample(1)]);
  });

  it('leaves out a sample that is cut short', () => {
    const bytes = encodeSamples([sample(1), sample(2)]);
    expect(decodeSamples(bytes.subarray(0, bytes.length - 1))).toEqual([sample(1)]);
  });
});
