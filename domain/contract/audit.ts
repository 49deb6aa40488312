import { z } from 'zod';
import { UserTypeSchema } from './enums.js';
import { BACKWARD, isForward, PageQueryShape } from './page.js';

/** What people do that must stay on record. */
export const AUDIT_ACTS = [
  'signedIn',
  'signInFailed',
  'signedOut',
  'passwordChanged',
  'userCreated',
  'userChanged',
  'displayTokenCreated',
  'displayTokenRevoked',
  'jobStarted',
  'jobStopped',
  'faultInjected',
  'faultEnded',
  'alertRaised',
  'alertAcknowledged',
  'alertResolved',
  'alertReset',
  'alertShelved',
  'alertUnshelved',
  'alertTakenOutOfService',
  'alertReturnedToService',
  'thresholdsChanged',
  'maintenancePlanned',
  'maintenanceEnded',
  'latheReleased',
  'latheChanged',
  'toolAdded',
  'toolChanged',
  'materialAdded',
  'materialChanged',
  'modelTrainingStarted',
  'modelTrainingCancelled',
  'modelActivated',
  'modelChallenged',
  'notificationSettingsChanged',
  'notificationTested',
] as const;
export const AuditActSchema = z.enum(AUDIT_ACTS);
export type AuditAct = z.infer<typeof AuditActSchema>;

export const AuditOutcomeSchema = z
  .enum(['done', 'failed', 'unknown'])
  .describe(
    'failed: it broke off and may have had a part of its effect; unknown: the server died before its end was noted',
  );
export type AuditOutcome = z.infer<typeof AuditOutcomeSchema>;

export const AuditEntrySchema = z.object({
  n: z.number().int().min(1).describe('1, 2, … without holes'),
  id: z.string().describe('of the act'),
  at: z.iso.datetime().describe('when it began'),
  act: AuditActSchema,
  actor: z.string().describe('user ID; of a failed sign-in the one that was claimed'),
  role: UserTypeSchema.optional(),
  subject: z.string().optional().describe('id of what it was done to'),
  address: z.string().optional().describe('network address that it came from'),
  outcome: AuditOutcomeSchema,
  details: z.record(z.string(), z.unknown()).optional().describe('what was asked for, secrets left out'),
  previousHash: z.string().describe('hash of entry n - 1; 64 zeros before the first'),
  hash: z.string().describe('SHA-256, hex, of the canonical JSON (RFC 8785) of all other fields'),
});
export type AuditEntryDto = z.infer<typeof AuditEntrySchema>;

export const AuditQuerySchema = z
  .strictObject({ ...PageQueryShape, actor: z.string().min(1).max(80).optional(), act: AuditActSchema.optional() })
  .refine(isForward, BACKWARD);

export const AuditVerdictSchema = z.object({
  ok: z.boolean(),
  checked: z.number().int().describe('entries looked at, the broken one included'),
  firstBroken: z
    .number()
    .int()
    .optional()
    .describe('n of the first entry that is altered, missing or out of its place'),
  fault: z.enum(['altered', 'missing', 'unlinked', 'cutOff']).optional(),
  head: z
    .object({ n: z.number().int(), hash: z.string() })
    .optional()
    .describe('last entry; noted elsewhere, it proves later that nothing before it was rewritten'),
});
export type AuditVerdict = z.infer<typeof AuditVerdictSchema>;
