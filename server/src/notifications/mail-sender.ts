import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { ChannelDto } from '#domain/contract/notification.js';
import { AppConfig } from '../config/config.js';
import { RefusedError } from './notifications.errors.js';
import { ForbiddenAddressError, isForbidden } from './safe-address.js';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

export interface Mail {
  smtp: Omit<Extract<ChannelDto, { kind: 'email' }>['smtp'], 'hasPassword'>;
  password?: string;
  from: string;
  to: readonly string[];
  /** the same for each attempt at one message; becomes its Message-ID */
  id: string;
  subject: string;
  text: string;
}

/** Hands a mail to the plant's mail server, over a connection of its own. */
@Injectable()
export class MailSender {
  constructor(private readonly config: AppConfig) {}

  /** @throws RefusedError where another attempt would be answered the same, Error where one may help */
  async send({ smtp, password, from, to, id, subject, text }: Mail): Promise<void> {
    const { host, port, security, user } = smtp;
    const transport = createTransport({
      host: await this.addressOf(host),
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: { servername: host },
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { rejected } = await transport.sendMail({
        messageId: `<${id}@byte-astra>`,
        from: { name: 'Byte-Astra', address: from },
        to: [...to],
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Byte-Astra-Delivery': id },
      });
      if (rejected.length > 0) {
        throw new RefusedError(`Sent, but the mail server took no mail for ${rejected.map(String).join(', ')}`);
      }
    } catch (error) {
      const { responseCode = 0, message } = error as Error & { responseCode?: number };
      throw responseCode >= 500 ? new RefusedError(message, { cause: error }) : error;
    } finally {
      transport.close();
    }
  }

  /** The address that is connected to is the one that was judged. */
  private async addressOf(host: string): Promise<string> {
    const found = await lookup(host, { all: true });
    const bad = this.config.allowLinkLocal ? undefined : found.find(({ address }) => isForbidden(address));
    if (bad) throw new ForbiddenAddressError(host, bad.address);
    return found[0]?.address ?? host;
  }
}
