import { z } from 'zod';

export const CreateDisplayTokenSchema = z.strictObject({ name: z.string().trim().min(1).max(80) });

export const DisplayTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  lastSeen: z.iso.datetime().optional(),
  token: z.string().optional().describe('only in the answer to its creation'),
});
export type DisplayTokenDto = z.infer<typeof DisplayTokenSchema>;
