import { z } from 'zod';
import { type ChangePasswordDto, LoginAnswerSchema, type LoginDto, type UserDto } from '#domain/contract/user.js';
import { getJson, sendJson } from './http';

const DemoSchema = z.object({
  demo: z.boolean(),
  users: z.array(z.object({ userID: z.string(), password: z.string(), userType: z.string() })).default([]),
});
export type DemoUsers = z.infer<typeof DemoSchema>;

export const fetchMe = async (): Promise<UserDto> => (await getJson('/api/me', LoginAnswerSchema)).user;

export const signIn = async (login: LoginDto): Promise<UserDto> =>
  (await sendJson('POST', '/login', login, LoginAnswerSchema)).user;

export const signOut = (): Promise<unknown> => sendJson('POST', '/logout', undefined, z.unknown());

/** Ends the user's other sessions; this one goes on with a new cookie. @throws ProblemError 401 `invalid_credentials` */
export const changePassword = async (change: ChangePasswordDto): Promise<UserDto> =>
  (await sendJson('POST', '/api/me/password', change, LoginAnswerSchema)).user;

export const fetchDemoUsers = (): Promise<DemoUsers> => getJson('/api/demo', DemoSchema);
