import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { UserType } from '#domain/contract/enums.js';
import { DISPLAY_COOKIE, setCookie } from '../auth/cookies.js';
import { DisplayTokensService } from '../auth/display-tokens.service.js';
import { IdentityService } from '../auth/identity.service.js';
import { Public } from '../auth/roles.decorator.js';
import { NotFoundError } from '../common/errors.js';
import { wantsPage } from '../common/wants-page.js';
import { sendClient } from './client-files.js';
import { homeOf } from './home.js';

const YEAR_S = 365 * 24 * 3600;

/** The client's addresses. Who may not see a page is sent to one that he may; what a page shows is guarded by the API. */
@Controller()
@Public()
@ApiExcludeController()
export class PagesController {
  constructor(
    private readonly identity: IdentityService,
    private readonly displays: DisplayTokensService,
  ) {}

  @Get('/')
  async home(@Req() request: Request, @Res() response: Response): Promise<void> {
    const user = await this.identity.identify(request);
    response.redirect(303, user ? homeOf(user.userType) : '/login');
  }

  @Get('login')
  login(@Res() response: Response): void {
    sendClient(response);
  }

  @Get(['manager', 'analytics', 'admin', 'admin/*rest'])
  managers(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.page(request, response, ['manager']);
  }

  @Get(['dashboard', 'alerts', 'alerts/*rest', 'jobs', 'jobs/:latheId', 'lathes/:id', 'replay'])
  everybody(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.page(request, response, ['manager', 'operator']);
  }

  @Get('wall')
  async wall(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { token } = request.query;
    if (typeof token === 'string') {
      if (await this.displays.resolve(token, new Date())) setCookie(request, response, DISPLAY_COOKIE, token, YEAR_S);
      response.setHeader('Referrer-Policy', 'no-referrer');
      response.redirect(303, '/wall');
      return;
    }
    await this.page(request, response, ['manager', 'operator', 'display']);
  }

  /** Any other address: the client's own not-found page for people, a problem document for programs. */
  @Get('*rest')
  unknown(@Req() request: Request, @Res() response: Response): void {
    if (request.path.startsWith('/api/') || !wantsPage(request)) {
      throw new NotFoundError('address', request.path);
    }
    sendClient(response, 404);
  }

  private async page(request: Request, response: Response, allowed: UserType[]): Promise<void> {
    const user = await this.identity.identify(request);
    if (!user) response.redirect(303, '/login');
    else if (!allowed.includes(user.userType))
      response.redirect(303, user.userType === 'display' ? '/wall' : '/dashboard');
    else sendClient(response);
  }
}
