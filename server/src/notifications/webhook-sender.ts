import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { RefusedError } from './notifications.errors.js';
import { assertAllowed, guardedLookup } from './safe-address.js';

const TIMEOUT_MS = 10_000;
/** Refusals that may not last: too slow, too early, too many. */
const PASSING = new Set([408, 409, 421, 423, 425, 429]);

export interface WebhookCall {
  url: string;
  secret: string;
  /** the same for each attempt at one message */
  id: string;
  /** such as `alert.raised`, `digest`, `test` */
  event: string;
  body: object;
}

/** `v1=` and HMAC-SHA256, hex, of `timestamp.body` under the channel's secret. @param timestamp - Unix time, s */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/** Posts signed JSON. Does not follow redirects: the receiver is who the manager has named. */
@Injectable()
export class WebhookSender {
  constructor(private readonly config: AppConfig) {}

  /** @throws RefusedError where another attempt would be answered the same, Error where one may help */
  async send({ url, secret, id, event, body }: WebhookCall, now = new Date()): Promise<void> {
    const text = JSON.stringify(body);
    const timestamp = Math.floor(now.getTime() / 1000);
    const status = await this.post(new URL(url), text, {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(text)),
      'User-Agent': 'Byte-Astra',
      'Idempotency-Key': id,
      'X-Byte-Astra-Event': event,
      'X-Byte-Astra-Timestamp': String(timestamp),
      'X-Byte-Astra-Signature': signatureOf(secret, timestamp, text),
    });
    if (status >= 200 && status < 300) return;
    const message = `The receiver answered ${status}`;
    throw status >= 300 && status < 500 && !PASSING.has(status) ? new RefusedError(message) : new Error(message);
  }

  private post(url: URL, body: string, headers: Record<string, string>): Promise<number> {
    const isGuarded = !this.config.allowLinkLocal;
    if (isGuarded) assertAllowed(url.hostname);
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const options = {
        method: 'POST',
        headers,
        signal,
        agent: false,
        ...(isGuarded ? { lookup: guardedLookup } : {}),
      };
      const call = request(url, options, (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy(); // the status says all; a body without end must not hold the connection
      });
      call.on('error', (error) =>
        reject(signal.aborted ? new Error(`No answer within ${TIMEOUT_MS / 1000} s`, { cause: error }) : error),
      );
      call.end(body);
    });
  }
}
