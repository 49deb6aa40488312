import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { SESSION_TTL_S } from './session.service.js';

export const SESSION_COOKIE = 'ba_session';
export const DISPLAY_COOKIE = 'ba_display';

/** Reads one cookie from a request or from an upgrade, which has passed no middleware. */
export function cookieOf(request: Pick<IncomingMessage, 'headers'>, name: string): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[name];
}

export function setCookie(
  request: Request,
  response: Response,
  name: string,
  value: string,
  maxAgeS = SESSION_TTL_S,
): void {
  response.cookie(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    path: '/',
    maxAge: maxAgeS * 1000,
  });
}

export function clearCookie(request: Request, response: Response, name: string): void {
  response.clearCookie(name, { httpOnly: true, sameSite: 'lax', secure: request.secure, path: '/' });
}
