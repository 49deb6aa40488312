import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Something that grows and can be waited for. */
class Log<Item> {
  readonly items: Item[] = [];
  private readonly waiting = new Set<() => void>();

  push(item: Item): void {
    this.items.push(item);
    for (const look of this.waiting) look();
  }

  /** Resolves with all items as soon as `isEnough` says so of them. */
  until(isEnough: (items: Item[]) => boolean): Promise<Item[]> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isEnough(this.items)) return;
        this.waiting.delete(look);
        resolve(this.items);
      };
      this.waiting.add(look);
      look();
    });
  }
}

export interface ReceivedCall {
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects to find in there
  body: any;
  atMs: number;
}

/** An HTTP server on 127.0.0.1 that keeps what it is sent. @param answer - status, or null to never answer */
export async function openWebhookReceiver(answer: (call: ReceivedCall) => number | null = () => 204) {
  const calls = new Log<ReceivedCall>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const call = { headers: request.headers, text, body: JSON.parse(text), atMs: Date.now() };
      const status = answer(call);
      calls.push(call);
      if (status !== null) response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    calls,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export interface ReceivedMail {
  from: string;
  to: string[];
  user: string | undefined;
  /** header fields by lower-case name */
  headers: Record<string, string>;
  text: string;
}

/** A mail server on 127.0.0.1 that keeps what it is handed; it wants user `plant` with password `mail-password`. */
export async function openMailReceiver(isWanted: (address: string) => boolean = () => true) {
  const mails = new Log<ReceivedMail>();
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'plant' && password === 'mail-password') done(null, { user: username });
      else done(Object.assign(new Error('Wrong user or password'), { responseCode: 535 }));
    },
    onRcptTo: ({ address }, _session, done) => {
      if (isWanted(address)) done();
      else done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const [head = '', ...rest] = Buffer.concat(parts).toString('utf8').split('\r\n\r\n');
        const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          user: session.user as unknown as string | undefined,
          headers: Object.fromEntries(
            fields.map((field) => [
              field.slice(0, field.indexOf(':')).toLowerCase(),
              field.slice(field.indexOf(':') + 2),
            ]),
          ),
          text: rest.join('\r\n\r\n'),
        });
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return {
    mails,
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}
