import { z } from 'zod';

/** What is kept around the moment in which an alarm was raised first. */
export const BLACK_BOX_BEFORE_MS = 60_000;
export const BLACK_BOX_AFTER_MS = 30_000;

const Instant = z.iso.datetime();
const WindowShape = {
  raisedAt: Instant.describe('when the alarm was raised first'),
  from: Instant.describe('60 s before'),
  to: Instant.describe('30 s after'),
};

/** The minute around an alarm at the full rate of ticks. */
export const BlackBoxSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('pending').describe('not cut yet: ask again at readyAt'),
    ...WindowShape,
    readyAt: Instant,
  }),
  z.object({
    status: z.literal('kept'),
    ...WindowShape,
    lostUntil: Instant.optional().describe('what came before was no longer held when this was cut'),
    t: z.array(z.number()).describe('time of each tick, epoch ms, ascending; a lathe without a job has none'),
    channels: z.record(z.string(), z.array(z.number().nullable())).describe('a value per tick; null = unknown'),
  }),
  z.object({
    status: z.literal('expired').describe('it was kept for this long, which is over'),
    ...WindowShape,
    keptDays: z.number().int(),
  }),
  z.object({
    status: z.literal('lost').describe('when it was cut, nothing of this time was held any more'),
    ...WindowShape,
  }),
]);
export type BlackBoxDto = z.infer<typeof BlackBoxSchema>;
export type KeptBlackBox = Extract<BlackBoxDto, { status: 'kept' }>;

export const BlackBoxQuerySchema = z.strictObject({
  channels: z.string().max(400).optional().describe('comma-separated channel names; all where none is named'),
});
