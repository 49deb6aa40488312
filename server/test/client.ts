import { once } from 'node:events';
import { WebSocket } from 'ws';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import {
  decodeHeader,
  decodeRecord,
  FRAME_HEADER_BYTES,
  type FrameHeader,
  RECORD_BYTES,
  type TickRecord,
} from '#domain/telemetry/frame.js';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a spec looks into answers of every shape
  body: any;
}

export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Calls the product as a program without a browser would. */
export const callerFor =
  (url: string, cookie?: string): Caller =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
  };

const PASSWORDS: Record<string, string> = {
  Sahil: 'man123',
  Rohit: 'man123',
  Yash: 'op123',
  Raj: 'op123',
  Jay: 'op123',
};

/** Signs a demo user in. @returns the cookie header */
export async function signIn(url: string, userID: string): Promise<string> {
  const answer = await callerFor(url)('POST', '/login', { userID, password: PASSWORDS[userID] });
  if (answer.status !== 200) throw new Error(`login of ${userID}: ${answer.status}`);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

// biome-ignore lint/suspicious/noExplicitAny: a spec looks into messages of every shape
export type TextMessage = { event: string; data: any; id?: string };
export interface Frame {
  header: FrameHeader;
  records: TickRecord[];
  receivedAtMs: number;
}

/** A listener on the live stream that keeps everything it is told. */
export class StreamListener {
  readonly messages: TextMessage[] = [];
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | null = null;
  private readonly waiting = new Set<() => void>();

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.frames.push(readFrame(data));
      else this.messages.push(JSON.parse(data.toString()) as TextMessage);
      for (const check of [...this.waiting]) check();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      for (const check of [...this.waiting]) check();
    });
  }

  static async open(url: string, headers: Record<string, string>): Promise<StreamListener> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/stream`, ['byte-astra.v1'], { headers });
    const listener = new StreamListener(socket);
    await once(socket, 'open');
    return listener;
  }

  say(event: string, data: object): void {
    this.socket.send(JSON.stringify({ event, data }));
  }

  /** Waits until `find` answers something. @throws after `limitMs` */
  until<T>(what: string, find: () => T | undefined | false, limitMs = 10_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(check);
        reject(new Error(`waited ${limitMs / 1000} s in vain for ${what}`));
      }, limitMs);
      const check = () => {
        const found = find();
        if (found === undefined || found === false) return;
        clearTimeout(timer);
        this.waiting.delete(check);
        resolve(found);
      };
      this.waiting.add(check);
      check();
    });
  }

  message(event: string, matches: (data: TextMessage['data']) => boolean = () => true, limitMs?: number) {
    return this.until(event, () => this.messages.find((m) => m.event === event && matches(m.data)), limitMs);
  }

  async subscribe(wish: object): Promise<TextMessage['data']> {
    const before = this.messages.length;
    this.say('subscribe', wish);
    return this.until('subscribed', () => this.messages.slice(before).find((m) => m.event === 'subscribed')?.data);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.socket.close();
    await this.until('close', () => this.closed ?? undefined);
  }
}

function readFrame(data: Buffer): Frame {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const header = decodeHeader(view);
  if (!header) throw new Error('not a frame');
  const records = Array.from({ length: header.records }, (_, i) => {
    const record: TickRecord = {
      latheIndex: 0,
      status: 0,
      flags: 0,
      tickNumber: 0,
      tickTimeMs: 0,
      values: new Float32Array(CHANNEL_COUNT),
    };
    decodeRecord(view, FRAME_HEADER_BYTES + i * RECORD_BYTES, header.channels, record);
    return record;
  });
  return { header, records, receivedAtMs: Date.now() };
}
