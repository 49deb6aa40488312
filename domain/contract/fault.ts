import { z } from 'zod';
import { FaultTypeSchema } from './enums.js';
import { JobSchema } from './job.js';

/** `waiting`: asked for, its time has not come. `ended`: by somebody, by its own time, or with its job. */
export const FAULT_STATES = ['waiting', 'active', 'ended'] as const;
export const FaultStateSchema = z.enum(FAULT_STATES);
export type FaultState = z.infer<typeof FaultStateSchema>;

/** An injected fault of a job; minutes are machine time, times of day are wall time. */
export const FaultSchema = z.object({
  id: z.string(),
  jobId: z.string(),
  type: FaultTypeSchema,
  channel: z.string().optional().describe('of a sensor fault'),
  severity: z.number().describe('0..1, as asked for'),
  severityNow: z.number().describe('0..1, with its ramp; 0 while it does not act'),
  state: FaultStateSchema,
  by: z.string().describe('userID of who injected it'),
  requestedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  endedBy: z
    .string()
    .optional()
    .describe('userID, `time` where its own time was over, `job` where the job ended first'),
  afterMinutes: z.number().describe('min from the request to its start'),
  rampMinutes: z.number().describe('min from its start to full severity'),
  forMinutes: z.number().nullable().describe('min from its start to its end; null: until somebody ends it'),
  remainingMinutes: z.number().optional().describe('min until its own end, of an active one that has such an end'),
  reading: z.number().nullable().optional().describe('what the faulty sensor told last; null = nothing'),
  truth: z.number().nullable().optional().describe('what it should have told; null = unknown'),
  measuredAt: z.iso.datetime().optional().describe('when `reading` and `truth` were so'),
});
export type FaultDto = z.infer<typeof FaultSchema>;

/** Answer to an injection: the job, and the fault that its worker applies at its next tick. */
export const FaultedJobSchema = JobSchema.extend({ fault: FaultSchema });
export type FaultedJobDto = z.infer<typeof FaultedJobSchema>;
