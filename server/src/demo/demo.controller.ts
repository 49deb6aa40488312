import { Controller, Get } from '@nestjs/common';
import type { DemoDto } from '#domain/contract/demo.js';
import { Public } from '../auth/roles.decorator.js';
import { DemoUsers } from './demo-users.js';

@Controller('api/demo')
export class DemoController {
  constructor(private readonly users: DemoUsers) {}

  /** The accounts to try the product with; none where there is no demo. */
  @Get()
  @Public()
  async demo(): Promise<DemoDto> {
    const users = await this.users.list();
    return {
      demo: users.length > 0,
      users: users.map(({ userID, password, userType }) => ({ userID, password, userType })),
    };
  }
}
