import { hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB and two passes, the parameters OWASP names as its first choice. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

export const verifyPassword = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, password);
