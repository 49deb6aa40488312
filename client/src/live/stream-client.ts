import { type ServerMessage, ServerMessageSchema, STREAM_SUBPROTOCOL } from '#domain/contract/stream.js';
import { backoffMs } from './backoff';
import type { ConnectionState } from './connection-store';
import type { FrameReader } from './frame-reader';
import type { TickBuffer } from './tick-buffer';

/** The part of WebSocket that is used; tests bring their own. */
export interface SocketLike {
  binaryType: string;
  onopen: ((event: Event) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export type DurableMessage = Extract<ServerMessage, { id: string }>;

export interface StreamListener {
  onState(state: ConnectionState, nextAttemptAtMs?: number): void;
  /** an alert, job, lathe or model after a change */
  onChange(message: DurableMessage): void;
  /** events were missed, or may have been: read the slow data again */
  onResync(): void;
  /** the server did not accept the socket: the session may be over */
  onRefused(): void;
}

export interface StreamClientOptions {
  ticks: TickBuffer;
  reader: FrameReader;
  listener: StreamListener;
  open: (protocol: string) => SocketLike;
  /** epoch ms of this page */
  now: () => number;
  /** 0..1 */
  random: () => number;
}

const ACK_EVERY_MS = 333;
/** Without a new frame to answer, the last one is acknowledged by the clock. */
const LATE_ACK_MS = 500;
const PING_EVERY_MS = 5000;
/** No word at all for this long (the pong included): the line is dead even if the browser does not know it yet. */
const SILENCE_MS = 12_000;

/** The one socket of the page: subscribes, acknowledges, keeps the clock offset, comes back after every loss. */
export class StreamClient {
  /** ms between two frames as the server granted them */
  periodMs = 100;
  lastEventId: string | undefined;
  private socket: SocketLike | undefined;
  private state: ConnectionState = 'closed';
  private greeted = false;
  private attempt = 0;
  private hz = 10;
  private tickHz = 10;
  private ackedAtMs = 0;
  private ackedSequence = -1;
  private ackedEpoch: number | undefined;
  private lastWordAtMs = 0;
  private pingSentAtMs = 0;
  private beatenAtMs = 0;
  private bestRoundTripMs = Number.POSITIVE_INFINITY;
  private everSubscribed = false;
  private awaitsFirstSubscription = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: StreamClientOptions) {}

  start(): void {
    if (this.state !== 'closed') return;
    this.enter('connecting');
    this.beat = setInterval(() => this.onBeat(), ACK_EVERY_MS);
    this.connect();
  }

  /** Ends the socket for good, as at sign-out; what the buffers hold stays. */
  stop(): void {
    clearTimeout(this.retry);
    clearInterval(this.beat);
    this.retry = undefined;
    this.abandonSocket();
    this.everSubscribed = false;
    this.lastEventId = undefined;
    this.enter('closed');
  }

  /** Tries at once where an attempt is pending, as after the network came back. */
  retryNow(): void {
    if (this.state !== 'lost' || !this.retry) return;
    clearTimeout(this.retry);
    this.connect();
  }

  /** Wishes another rate, in Hz; the server rounds it down. */
  setRate(hz: number): void {
    if (hz === this.hz) return;
    this.hz = hz;
    if (this.greeted) this.subscribe();
  }

  private connect(): void {
    this.retry = undefined;
    this.greeted = false;
    const socket = this.options.open(STREAM_SUBPROTOCOL);
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    this.lastWordAtMs = this.options.now();
    let opened = false;
    socket.onopen = () => {
      opened = true;
    };
    socket.onmessage = (event) => this.onMessage(event.data);
    socket.onclose = () => {
      if (this.socket !== socket) return;
      if (!opened) this.options.listener.onRefused();
      this.lose();
    };
  }

  private onMessage(data: unknown): void {
    const now = this.options.now();
    this.lastWordAtMs = now;
    if (data instanceof ArrayBuffer) {
      if (this.options.reader.read(data, now)) this.onFrame(now);
      return;
    }
    if (typeof data === 'string') this.onText(data, now);
  }

  private onFrame(now: number): void {
    // Answers that leave with a frame reach the server together: it wakes once for all clients instead of for each.
    if (now - this.ackedAtMs >= ACK_EVERY_MS) this.acknowledge(now);
    if (this.state === 'live') return;
    this.attempt = 0;
    this.enter('live');
  }

  private onText(text: string, now: number): void {
    const message = parseMessage(text);
    if (!message) return;
    const { listener, reader, ticks } = this.options;
    switch (message.event) {
      case 'hello': {
        ticks.setFleet(message.data.lathes);
        this.tickHz = message.data.tickHz;
        if (this.greeted) {
          listener.onResync();
          return;
        }
        this.greeted = true;
        ticks.clockOffsetMs = message.data.serverTimeMs - now;
        this.bestRoundTripMs = Number.POSITIVE_INFINITY;
        this.awaitsFirstSubscription = true;
        this.subscribe(this.lastEventId);
        this.lastEventId ??= message.data.lastEventId;
        this.ping(now);
        return;
      }
      case 'subscribed':
        this.periodMs = 1000 / message.data.hz;
        if (message.data.topic !== reader.topic || this.awaitsFirstSubscription) reader.follow(message.data.topic);
        this.ackedSequence = -1;
        if (this.awaitsFirstSubscription && !this.everSubscribed) listener.onResync();
        this.awaitsFirstSubscription = false;
        this.everSubscribed = true;
        return;
      case 'pong':
        this.setClock(message.data.serverTimeMs, now);
        return;
      case 'resync':
        this.lastEventId = message.data.lastEventId;
        listener.onResync();
        return;
      case 'error':
        return;
      default:
        this.lastEventId = message.id;
        listener.onChange(message);
    }
  }

  private subscribe(lastEventId?: string): void {
    const hz = Math.min(this.hz, this.tickHz);
    this.send('subscribe', { lathes: 'all', hz, ...(lastEventId ? { lastEventId } : {}) });
  }

  private onBeat(): void {
    const now = this.options.now();
    // Silence is judged at the time of the beat before: after a busy spell of the page, frames still wait behind this one.
    const judgedAtMs = this.beatenAtMs;
    this.beatenAtMs = now;
    if (!this.greeted) {
      if (this.socket && judgedAtMs - this.lastWordAtMs > SILENCE_MS) this.lose();
      return;
    }
    const { reader } = this.options;
    if (now - this.ackedAtMs >= LATE_ACK_MS) this.acknowledge(now);
    if (now - this.pingSentAtMs > PING_EVERY_MS) this.ping(now);
    if (judgedAtMs - this.lastWordAtMs > SILENCE_MS) {
      this.lose();
      return;
    }
    const quietMs = judgedAtMs - reader.lastFrameAtMs;
    if (this.state === 'live' && quietMs > staleAfterMs(this.periodMs)) this.enter('stalled');
  }

  private acknowledge(now: number): void {
    const { reader } = this.options;
    if (reader.topic === undefined || reader.epoch === undefined) return;
    if (reader.sequence === this.ackedSequence && reader.epoch === this.ackedEpoch) return;
    this.ackedAtMs = now;
    this.ackedSequence = reader.sequence;
    this.ackedEpoch = reader.epoch;
    this.send('ack', { topic: reader.topic, seq: reader.sequence });
  }

  private ping(now: number): void {
    this.pingSentAtMs = now;
    this.send('ping', {});
  }

  /** The pong of the quickest round trip bounds the clock offset best; an old best fades, because clocks drift. */
  private setClock(serverTimeMs: number, now: number): void {
    const roundTripMs = now - this.pingSentAtMs;
    this.bestRoundTripMs *= 1.1;
    if (roundTripMs > this.bestRoundTripMs) return;
    this.bestRoundTripMs = roundTripMs;
    this.options.ticks.clockOffsetMs = serverTimeMs - (this.pingSentAtMs + roundTripMs / 2);
  }

  private lose(): void {
    this.abandonSocket();
    const waitMs = backoffMs(this.attempt++, this.options.random());
    this.enter('lost', this.options.now() + waitMs);
    this.retry = setTimeout(() => this.connect(), waitMs);
  }

  private abandonSocket(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.greeted = false;
    this.options.reader.follow(undefined);
    if (!socket) return;
    socket.onopen = null;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
  }

  private enter(state: ConnectionState, nextAttemptAtMs?: number): void {
    this.state = state;
    this.options.listener.onState(state, nextAttemptAtMs);
  }

  private send(event: string, data: object): void {
    this.socket?.send(JSON.stringify({ event, data }));
  }
}

/** Age in ms from which a value is stale: 3 periods, but not below 1 s, where the beat of the readouts would make it flicker. */
export function staleAfterMs(periodMs: number): number {
  return Math.max(3 * periodMs, 1000);
}

function parseMessage(text: string): ServerMessage | undefined {
  try {
    const parsed = ServerMessageSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
