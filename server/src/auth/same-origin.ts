import type { Request } from 'express';
import { CrossOriginError } from './auth.errors.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True where `origin` names the very address that the request was sent to; never where either cannot be read. */
export function isSameOrigin(origin: string, protocol: string, host: string): boolean {
  const address = `${protocol}://${host}`;
  return URL.canParse(origin) && URL.canParse(address) && new URL(origin).origin === new URL(address).origin;
}

/**
 * Refuses a change that a browser sends for another site's page. A request with neither header comes from no browser.
 * @throws CrossOriginError
 */
export function assertSameOrigin(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') throw new CrossOriginError();
  const origin = request.get('origin');
  if (origin !== undefined && !isSameOrigin(origin, request.protocol, request.host ?? '')) throw new CrossOriginError();
}
