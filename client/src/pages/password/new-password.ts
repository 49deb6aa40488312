import { type ChangePasswordDto, ChangePasswordSchema } from '#domain/contract/user.js';
import { ProblemError } from '../../api/problem';

export interface PasswordEntry extends ChangePasswordDto {
  repeated: string;
}

export type PasswordFaults = Partial<Record<keyof PasswordEntry, string>>;

/** What is wrong with the entry before it is sent, by field; empty where nothing is. */
export function faultsOf({ repeated, ...change }: PasswordEntry): PasswordFaults {
  const faults: PasswordFaults = {};
  const fields = ChangePasswordSchema.safeParse(change);
  for (const { path } of fields.error?.issues ?? []) {
    if (path[0] === 'currentPassword') faults.currentPassword = 'Type the password that you have now.';
    if (path[0] === 'newPassword') faults.newPassword = 'Use 8 to 200 characters.';
  }
  if (!faults.newPassword && change.newPassword === change.currentPassword) {
    faults.newPassword = 'Choose one that differs from the present password.';
  }
  if (!faults.newPassword && repeated !== change.newPassword) faults.repeated = 'This is not the same as above.';
  return faults;
}

/** A refusal as words beside the fields it is about; empty where it is about none of them. */
export function faultsFrom(refusal: unknown): PasswordFaults {
  if (!(refusal instanceof ProblemError)) return {};
  if (refusal.code === 'invalid_credentials') return { currentPassword: 'This is not your present password.' };
  const faults: PasswordFaults = {};
  for (const name of ['currentPassword', 'newPassword'] as const) {
    const message = refusal.fieldMessage(name);
    if (message) faults[name] = message;
  }
  return faults;
}
