import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { ServerOptions } from 'ws';
import { STREAM_SUBPROTOCOL } from '#domain/contract/stream.js';
import { CrossOriginError, PasswordChangeRequiredError, UnauthenticatedError } from '../auth/auth.errors.js';
import { IdentityService } from '../auth/identity.service.js';
import { isSameOrigin } from '../auth/same-origin.js';
import type { SessionUser } from '../auth/session-user.js';
import { INTERNAL_PROBLEM, toProblem } from '../common/problem.js';

/** The user of each admitted upgrade, for the gateway's connection handler. */
const admitted = new WeakMap<IncomingMessage, SessionUser>();

export const userOfUpgrade = (request: IncomingMessage): SessionUser | undefined => admitted.get(request);

type Verdict = (admit: boolean, status?: number, body?: string, headers?: Record<string, string>) => void;

const first = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();

/** Nest's ws adapter with our door: who may not stream is answered over HTTP, before there is a socket. */
export class StreamAdapter extends WsAdapter {
  constructor(
    app: INestApplication,
    private readonly identity: IdentityService,
    private readonly trustProxy: number,
  ) {
    super(app);
  }

  override create(port: number, options: Record<string, unknown> = {}) {
    const door: ServerOptions = {
      maxPayload: 16 * 1024,
      perMessageDeflate: false,
      handleProtocols: (offered) => (offered.has(STREAM_SUBPROTOCOL) ? STREAM_SUBPROTOCOL : false),
      verifyClient: (info: { req: IncomingMessage }, verdict: Verdict) => {
        this.admit(info.req).then(
          () => verdict(true),
          (error) => refuse(error, verdict),
        );
      },
    };
    return super.create(port, { ...options, ...door });
  }

  /** Messages are read from the raw socket by the gateway: acknowledgements come too often for a pipeline. */
  override bindMessageHandlers(): void {}

  private async admit(request: IncomingMessage): Promise<void> {
    const { origin } = request.headers;
    if (origin !== undefined && !isSameOrigin(origin, this.protocolOf(request), this.hostOf(request)))
      throw new CrossOriginError();
    const user = await this.identity.identify(request);
    if (!user) throw new UnauthenticatedError();
    if (user.mustChangePassword) throw new PasswordChangeRequiredError();
    admitted.set(request, user);
  }

  private protocolOf(request: IncomingMessage): string {
    const forwarded = this.trustProxy > 0 ? first(request.headers['x-forwarded-proto']) : undefined;
    return forwarded ?? 'http';
  }

  private hostOf(request: IncomingMessage): string {
    const forwarded = this.trustProxy > 0 ? first(request.headers['x-forwarded-host']) : undefined;
    return forwarded ?? request.headers.host ?? '';
  }
}

function refuse(error: unknown, verdict: Verdict): void {
  const problem = toProblem(error) ?? INTERNAL_PROBLEM;
  verdict(false, problem.status, JSON.stringify(problem), { 'Content-Type': 'application/problem+json' });
}
