import { z } from 'zod';
import { UserTypeSchema } from './enums.js';

export const LoginSchema = z.strictObject({ userID: z.string().min(1).max(80), password: z.string().min(1).max(200) });
export type LoginDto = z.infer<typeof LoginSchema>;

export const UserSchema = z.object({
  userID: z.string(),
  employeeId: z.string(),
  userType: UserTypeSchema,
  lastLogin: z.iso.datetime().optional(),
  mustChangePassword: z.boolean().optional(),
});
export type UserDto = z.infer<typeof UserSchema>;

export const LoginAnswerSchema = z.object({ user: UserSchema });

export const ChangePasswordSchema = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword: z.string().min(8, 'needs at least 8 characters').max(200),
});
export type ChangePasswordDto = z.infer<typeof ChangePasswordSchema>;
