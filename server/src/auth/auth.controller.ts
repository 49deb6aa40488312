import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type ChangePasswordDto, ChangePasswordSchema, LoginSchema, type UserDto } from '#domain/contract/user.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Audited, NotAudited } from '../audit/audited.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { wantsPage } from '../common/wants-page.js';
import { homeOf } from '../pages/home.js';
import { UnauthenticatedError } from './auth.errors.js';
import { clearCookie, cookieOf, DISPLAY_COOKIE, SESSION_COOKIE, setCookie } from './cookies.js';
import { LoginGuard } from './login.guard.js';
import { CurrentUser, Public, Roles } from './roles.decorator.js';
import { SessionService } from './session.service.js';
import type { SessionUser } from './session-user.js';
import type { User } from './users.repository.js';
import { toUserDto, UsersService } from './users.service.js';

@Controller()
export class AuthController {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionService,
    private readonly audit: AuditTrail,
  ) {}

  @Post('login')
  @Public()
  @UseGuards(LoginGuard)
  @HttpCode(200)
  @Audited('signedIn')
  @ApiBody({ schema: schemaOf(LoginSchema) })
  async login(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ user: UserDto } | undefined> {
    await this.endSession(request);
    const user = await this.users.recordLogin(request.user as unknown as User, new Date());
    setCookie(request, response, SESSION_COOKIE, await this.sessions.open(user));
    if (request.is('json')) return { user: toUserDto(user) };
    response.redirect(303, homeOf(user.userType));
    return undefined;
  }

  @Get('logout')
  @Public()
  async leave(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.endSession(request, response);
    response.redirect(303, '/login');
  }

  @Post('logout')
  @Public()
  @NotAudited()
  async logout(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.endSession(request, response);
    if (wantsPage(request)) response.redirect(303, '/login');
    else response.status(204).end();
  }

  @Get('api/me')
  @Roles('manager', 'operator', 'display')
  async me(@CurrentUser() session: SessionUser): Promise<{ user: UserDto }> {
    if (session.userType === 'display') {
      return { user: { userID: session.userID, employeeId: session.employeeId, userType: 'display' } };
    }
    const user = await this.users.find(session.userID);
    if (!user || user.disabled) throw new UnauthenticatedError();
    return { user: toUserDto(user) };
  }

  @Post('api/me/password')
  @Audited('passwordChanged')
  @Roles('manager', 'operator')
  @HttpCode(200)
  async changePassword(
    @Body({ schema: ChangePasswordSchema }) body: ChangePasswordDto,
    @CurrentUser() session: SessionUser,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ user: UserDto }> {
    await this.users.changePassword(session.userID, body.currentPassword, body.newPassword);
    await this.sessions.revokeAllOf(session.userID);
    const user = await this.users.find(session.userID);
    if (!user) throw new UnauthenticatedError();
    setCookie(request, response, SESSION_COOKIE, await this.sessions.open(user));
    return { user: toUserDto(user) };
  }

  private async endSession(request: Request, response?: Response): Promise<void> {
    const session = await this.sessions.resolve(cookieOf(request, SESSION_COOKIE));
    if (session) {
      const { userID, userType, sessionId } = session;
      const address = request.ip ? { address: request.ip } : {};
      const act = { act: 'signedOut', actor: userID, role: userType, ...address } as const;
      await this.audit.around(act, () => this.sessions.revoke(sessionId, userID));
    }
    if (!response) return;
    clearCookie(request, response, SESSION_COOKIE);
    clearCookie(request, response, DISPLAY_COOKIE);
  }
}
