import type { SocketLike } from '../stream-client';

/** The far end of a socket in a test: what the client sent, and the ways to answer. */
export class FakeSocket implements SocketLike {
  binaryType = '';
  onopen: SocketLike['onopen'] = null;
  onclose: SocketLike['onclose'] = null;
  onmessage: SocketLike['onmessage'] = null;
  closed = false;
  readonly sent: { event: string; data: Record<string, unknown> }[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

  accept(): void {
    this.onopen?.({} as Event);
  }

  say(event: string, data: object, id?: string): void {
    this.onmessage?.({ data: JSON.stringify({ event, data, ...(id ? { id } : {}) }) } as MessageEvent);
  }

  deliver(frame: ArrayBuffer): void {
    this.onmessage?.({ data: frame } as MessageEvent);
  }

  drop(code = 1006): void {
    this.onclose?.({ code } as CloseEvent);
  }

  sentOf(event: string): Record<string, unknown>[] {
    return this.sent.filter((message) => message.event === event).map((message) => message.data);
  }
}
