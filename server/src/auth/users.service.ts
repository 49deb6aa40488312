import { Injectable } from '@nestjs/common';
import type { UserDto } from '#domain/contract/user.js';
import { AppConfig } from '../config/config.js';
import { InvalidCredentialsError } from './auth.errors.js';
import { DEMO_ACCOUNTS, type DemoAccount } from './demo-accounts.js';
import { hashPassword, verifyPassword } from './password.js';
import { type User, UsersRepository } from './users.repository.js';

@Injectable()
export class UsersService {
  /** Verified against when the user is unknown, so that the answer takes as long as for a known one. */
  private readonly decoyHash = hashPassword('no such user');

  constructor(
    private readonly users: UsersRepository,
    private readonly config: AppConfig,
  ) {}

  /** @throws InvalidCredentialsError for a wrong password, an unknown and a disabled user alike */
  async authenticate(userID: string, password: string): Promise<User> {
    const user = await this.users.findByUserID(userID);
    const matches = await verifyPassword(user?.passwordHash ?? (await this.decoyHash), password);
    if (!user || !matches || user.disabled) throw new InvalidCredentialsError();
    return user;
  }

  async recordLogin(user: User, at: Date): Promise<User> {
    await this.users.recordLogin(user.userID, at);
    return { ...user, lastLogin: at };
  }

  async find(userID: string): Promise<User | null> {
    return this.users.findByUserID(userID);
  }

  async changePassword(userID: string, current: string, next: string): Promise<void> {
    await this.authenticate(userID, current);
    await this.users.setPassword(userID, await hashPassword(next));
  }

  /** Creates or resets the five demo accounts. Idempotent. */
  async seedDemo(): Promise<readonly DemoAccount[]> {
    for (const { password, ...account } of DEMO_ACCOUNTS) {
      await this.users.save({ ...account, passwordHash: await hashPassword(password) });
    }
    return DEMO_ACCOUNTS;
  }

  async createManager(userID: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.users.save({ userID, employeeId: userID, userType: 'manager', passwordHash, mustChangePassword: true });
  }

  async isEmpty(): Promise<boolean> {
    return (await this.users.count()) === 0;
  }

  /** Demo accounts that still open with the password printed in the manual; none in production. */
  async demoUsers(): Promise<readonly DemoAccount[]> {
    return this.config.demo ? this.openDemoAccounts() : [];
  }

  async openDemoAccounts(): Promise<DemoAccount[]> {
    const stored = new Map((await this.users.findMany(DEMO_ACCOUNTS.map((a) => a.userID))).map((u) => [u.userID, u]));
    const open: DemoAccount[] = [];
    for (const account of DEMO_ACCOUNTS) {
      const user = stored.get(account.userID);
      if (user && !user.disabled && (await verifyPassword(user.passwordHash, account.password))) open.push(account);
    }
    return open;
  }
}

export const toUserDto = (user: User): UserDto => ({
  userID: user.userID,
  employeeId: user.employeeId,
  userType: user.userType,
  ...(user.lastLogin ? { lastLogin: user.lastLogin.toISOString() } : {}),
  ...(user.mustChangePassword ? { mustChangePassword: true } : {}),
});
