import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ForbiddenError } from '../auth/auth.errors.js';
import { IdentityService } from '../auth/identity.service.js';
import { Public } from '../auth/roles.decorator.js';
import { MetricsService } from './metrics.service.js';
import { type Readiness, ReadinessService } from './readiness.service.js';

const LOOPBACK = /^(::ffff:)?127\.|^::1$/;

@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly readiness: ReadinessService,
    private readonly metrics: MetricsService,
    private readonly identity: IdentityService,
  ) {}

  @Get('healthz')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const readiness = await this.readiness.check();
    response.status(readiness.ready ? 200 : 503);
    return readiness;
  }

  /** For scrapers on this machine, or elsewhere with a manager's session or a display token. */
  @Get('metrics')
  async prometheus(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (!LOOPBACK.test(request.ip ?? '') && !(await this.identity.identify(request))) throw new ForbiddenError();
    response.type(this.metrics.contentType).send(await this.metrics.render());
  }
}
