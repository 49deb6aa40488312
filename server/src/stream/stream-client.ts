import type { DurableEventKind } from '#domain/contract/stream.js';
import { compareIds } from '../realtime-bus/event-bus.js';
import type { Topic } from './topic.js';

/** What is needed of a WebSocket; a test passes one of its own. */
export interface ClientSocket {
  readonly bufferedAmount: number;
  sendText(text: string): void;
  /** a tick message with its WebSocket framing */
  sendMessage(message: Buffer): void;
  close(code: number, reason: string): void;
}

export interface StreamEvent {
  id: string;
  kind: DurableEventKind;
  /** the whole text message, encoded once for all clients */
  text: string;
}

export interface Counters {
  sent(): void;
  spared(): void;
}

/** Unsent bytes above which ticks are withheld, and above which even events cannot be delivered. */
const TICK_BACKLOG_BYTES = 64 * 1024;
const EVENT_BACKLOG_BYTES = 1024 * 1024;
const MAX_HELD_EVENTS = 5_000;

/**
 * One socket's place in the stream: how far it has acknowledged, and whether it gets ticks at present.
 * Ticks may be withheld, and a keyframe then follows; events are delivered all or the socket is closed.
 */
export class StreamClient {
  topic: Topic | null = null;
  private sentSequence = 0;
  private ackedSequence: number | null = null;
  private withheld = false;
  /** live events wait here while older ones are being read for a reconnect; null once events flow */
  private held: StreamEvent[] | null = [];
  private lastEventId: string;

  constructor(
    private readonly socket: ClientSocket,
    private readonly mayRead: (kind: DurableEventKind) => boolean,
    private readonly counters: Counters,
    helloEventId: string,
  ) {
    this.lastEventId = helloEventId;
  }

  say(event: string, data: object): void {
    this.socket.sendText(JSON.stringify({ event, data }));
  }

  join(topic: Topic, keyframe: Buffer): void {
    this.topic?.clients.delete(this);
    this.topic = topic;
    topic.clients.add(this);
    this.restart(keyframe);
  }

  leave(): void {
    this.topic?.clients.delete(this);
    this.topic = null;
  }

  /** A new frame of this client's topic. */
  offer(frame: Buffer, sequence: number): void {
    if (this.withheld || this.isBehind()) {
      this.withheld = true;
      this.counters.spared();
      return;
    }
    this.sentSequence = sequence;
    this.socket.sendMessage(frame);
    this.counters.sent();
  }

  /** The client has received everything up to `sequence`. @returns true when it now needs a keyframe */
  acknowledge(sequence: number): boolean {
    const ahead = (this.sentSequence - sequence) | 0;
    if (ahead < 0) return false;
    if (this.ackedSequence === null || ((sequence - this.ackedSequence) | 0) > 0) this.ackedSequence = sequence;
    return this.withheld && !this.isBehind();
  }

  /** A client that never acknowledges is measured by what its socket has not taken. @returns true when it needs a keyframe */
  hasDrained(): boolean {
    return this.withheld && this.ackedSequence === null && this.socket.bufferedAmount === 0;
  }

  /** Goes on from a keyframe, which carries the newest sequence. */
  restart(keyframe: Buffer): void {
    this.withheld = false;
    this.sentSequence = this.topic?.sequence ?? 0;
    if (this.ackedSequence !== null) this.ackedSequence = this.sentSequence;
    this.socket.sendMessage(keyframe);
    this.counters.sent();
  }

  get eventsFlow(): boolean {
    return this.held === null;
  }

  /** The id after which this client has been promised every event. */
  get resumeFrom(): string {
    return this.lastEventId;
  }

  deliver(event: StreamEvent): void {
    if (this.held) {
      this.held.push(event);
      if (this.held.length > MAX_HELD_EVENTS) this.closeOverloaded();
      return;
    }
    this.pass(event);
  }

  /** Hands over what a reconnecting client missed, then what came in meanwhile; events flow from here on. */
  resume(fromId: string, missed: readonly StreamEvent[]): void {
    const { held } = this;
    if (!held) return; // of two subscriptions in a row the first one has brought them
    this.held = null;
    this.lastEventId = fromId;
    for (const event of missed) this.pass(event);
    for (const event of held) this.pass(event);
  }

  /** As `resume`, for a client whose last event is too old to replay from: it must read the lists anew. */
  resync(currentEventId: string): void {
    if (!this.held) return;
    this.say('resync', { lastEventId: currentEventId });
    this.resume(currentEventId, []);
  }

  private pass(event: StreamEvent): void {
    if (compareIds(event.id, this.lastEventId) <= 0) return;
    this.lastEventId = event.id;
    if (!this.mayRead(event.kind)) return;
    if (this.socket.bufferedAmount > EVENT_BACKLOG_BYTES) {
      this.closeOverloaded();
      return;
    }
    this.socket.sendText(event.text);
  }

  private closeOverloaded(): void {
    this.leave();
    this.socket.close(1013, 'too far behind: reconnect with lastEventId');
  }

  private isBehind(): boolean {
    if (this.socket.bufferedAmount > TICK_BACKLOG_BYTES) return true;
    if (this.ackedSequence === null || !this.topic) return false;
    const window = Math.max(this.topic.hz, 3);
    return ((this.sentSequence - this.ackedSequence) | 0) >= window;
  }
}
