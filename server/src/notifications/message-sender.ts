import { Injectable } from '@nestjs/common';
import {
  type AlertNews,
  type Digest,
  digestSummary,
  digestText,
  summaryOf,
  textOf,
} from '#domain/notifications/message.js';
import type { Channel } from './channel.js';
import type { Delivery } from './delivery.js';
import { MailSender } from './mail-sender.js';
import { RefusedError } from './notifications.errors.js';
import { SecretBox } from './secret-box.js';
import { WebhookSender } from './webhook-sender.js';

/** What a message says, for people and for programs. */
export interface Message {
  event: string;
  subject: string;
  text: string;
  content: object;
}

export function alertMessage(told: AlertNews, closing?: string): Message {
  const { news, ...content } = told;
  const note = closing === undefined ? {} : { note: closing };
  return {
    event: `alert.${news}`,
    subject: summaryOf(told),
    text: textOf(told, closing),
    content: { ...content, ...note },
  };
}

export const digestMessage = (digest: Digest): Message => ({
  event: 'digest',
  subject: digestSummary(digest),
  text: digestText(digest),
  content: { digest },
});

export const testMessage = ({ summary }: Delivery): Message => ({
  event: 'test',
  subject: summary,
  text: `${summary}. If you can read this, alarms will reach you here.\n`,
  content: {},
});

/** Sends a message by whatever way the channel is. */
@Injectable()
export class MessageSender {
  constructor(
    private readonly webhooks: WebhookSender,
    private readonly mails: MailSender,
    private readonly box: SecretBox,
  ) {}

  /** @throws RefusedError where another attempt would be answered the same, Error where one may help */
  async send(channel: Channel, delivery: Delivery, { event, subject, text, content }: Message): Promise<void> {
    const { _id: id } = delivery;
    const secret = this.secretOf(channel);
    if (channel.kind === 'webhook') {
      const about = { id: channel._id, name: channel.name };
      const body = {
        id,
        event,
        createdAt: delivery.createdAt.toISOString(),
        channel: about,
        summary: subject,
        ...content,
      };
      return this.webhooks.send({ url: channel.url ?? '', secret: secret ?? '', id, event, body });
    }
    const { smtp, from = '', to = [] } = channel;
    if (!smtp) throw new RefusedError('The channel names no mail server');
    const account = secret === undefined ? {} : { password: secret };
    return this.mails.send({ smtp, ...account, from, to, id, subject, text });
  }

  private secretOf({ sealedSecret }: Channel): string | undefined {
    if (sealedSecret === undefined) return undefined;
    try {
      return this.box.open(sealedSecret);
    } catch (cause) {
      throw new RefusedError('The secret of the channel cannot be read under the present SECRET_KEY: set it again', {
        cause,
      });
    }
  }
}
