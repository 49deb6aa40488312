import { Injectable } from '@nestjs/common';
import type { DemoAccount } from '../auth/demo-accounts.js';
import { UsersService } from '../auth/users.service.js';

/** A look costs a slow hash for each account. */
const BELIEVED_MS = 60_000;

/** The demo accounts that can be shown to a newcomer. */
@Injectable()
export class DemoUsers {
  private known: { users: Promise<readonly DemoAccount[]>; atMs: number } | undefined;

  constructor(private readonly users: UsersService) {}

  /** None in production, with `--no-demo`, and of those whose password has been changed. */
  list(): Promise<readonly DemoAccount[]> {
    const now = Date.now();
    if (!this.known || now - this.known.atMs > BELIEVED_MS) {
      const users = this.users.demoUsers();
      this.known = { users, atMs: now };
      users.then(
        (found) => found.length === 0 && this.forget(),
        () => this.forget(),
      );
    }
    return this.known.users;
  }

  /** None yet is not believed: they may be created at this very start. */
  private forget(): void {
    this.known = undefined;
  }
}
