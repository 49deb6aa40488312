import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { UnsafeAccountsError } from './auth.errors.js';
import { UsersService } from './users.service.js';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Decides at start which accounts may exist: the demo's, a first manager, or none. */
@Injectable()
export class AccountPolicy {
  private readonly log = new Logger(AccountPolicy.name);

  constructor(
    private readonly users: UsersService,
    private readonly config: AppConfig,
  ) {}

  /** @throws UnsafeAccountsError where known passwords would face a network */
  async prepare(): Promise<void> {
    if (await this.users.isEmpty()) await this.createFirst();
    const open = await this.users.openDemoAccounts();
    if (open.length === 0) return;
    const names = open.map((account) => account.userID).join(', ');
    if (this.config.production) {
      throw new UnsafeAccountsError(`NODE_ENV=production, but demo accounts keep their demo password: ${names}`);
    }
    if (!LOOPBACK.test(this.config.host) && !this.config.allowDemoUsers) {
      throw new UnsafeAccountsError(
        `HOST is reachable from other machines, but demo accounts exist: ${names}. Set ALLOW_DEMO_USERS=1 to accept that`,
      );
    }
  }

  private async createFirst(): Promise<void> {
    const { adminUser, adminPassword, demo } = this.config;
    if (adminUser && adminPassword) {
      await this.users.createManager(adminUser, adminPassword);
      this.log.log(`Created the first manager ${adminUser}; a new password is asked for at the first login.`);
    } else if (demo) {
      await this.users.seedDemo();
      this.log.log('Created the five demo users.');
    }
  }
}
