import { z } from 'zod';
import { UserTypeSchema } from './enums.js';

/** Accounts for trying the product out, shown on the login page; empty outside a demo. */
export const DemoSchema = z.object({
  demo: z.boolean(),
  users: z.array(z.object({ userID: z.string(), password: z.string(), userType: UserTypeSchema })),
});
export type DemoDto = z.infer<typeof DemoSchema>;
