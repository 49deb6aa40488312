import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { pack, TickRecord, unpack } from './tick-record.js';

/** Channel values as a batch of ticks holds them, behind `at` other bytes. */
function bytesOf(values: readonly number[], at = 0): Buffer {
  const bytes = Buffer.alloc(at + 4 * CHANNEL_COUNT);
  for (let i = 0; i < CHANNEL_COUNT; i++) bytes.writeFloatLE(values[i] ?? Number.NaN, at + 4 * i);
  return bytes;
}
const add = (record: TickRecord, epoch: number, timeMs: number, rpm = 0) =>
  record.add(epoch, timeMs, bytesOf([rpm], 16), 16);
const ticksOf = (record: TickRecord) => {
  const { t, channels } = record.columns();
  return Array.from(t, (timeMs, i) => [timeMs, channels[0]![i]]);
};

describe('ticks of a lathe off the stream', () => {
  it('are in the order of their times, with what the resumed worker made of those that it played again', () => {
    const record = new TickRecord();
    for (const timeMs of [0, 100, 200, 300]) add(record, 1, timeMs, 1);
    for (const timeMs of [200, 300, 400]) add(record, 2, timeMs, 2);
    add(record, 1, 500, 1); // the former worker was only thought dead
    expect(ticksOf(record)).toEqual([
      [0, 1],
      [100, 1],
      [200, 2],
      [300, 2],
      [400, 2],
    ]);
  });

  it('come back from the store as they were, known or not, any number of them', async () => {
    const values = fc.array(fc.float({ noDefaultInfinity: true }), {
      minLength: CHANNEL_COUNT,
      maxLength: CHANNEL_COUNT,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(values, { maxLength: 600 }), async (ticks) => {
        const record = new TickRecord();
        for (const [i, tick] of ticks.entries()) record.add(1, 1.7e12 + 100 * i, bytesOf(tick), 0);
        const columns = record.columns();
        expect(columns.channels[3]).toEqual(Float32Array.from(ticks, (tick) => tick[3]!));
        expect(await unpack(await pack(columns), ticks.length)).toEqual(columns);
      }),
      { numRuns: 30 },
    );
  });

  it('are refused where the bytes are not those of so many ticks', async () => {
    const record = new TickRecord();
    add(record, 1, 0);
    await expect(unpack(await pack(record.columns()), 2)).rejects.toThrow('does not hold 2 ticks');
  });
});
