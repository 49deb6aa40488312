import type { IncomingMessage } from 'node:http';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { RawData, Server, WebSocket } from 'ws';
import { DomainError } from '#domain/contract/errors.js';
import { type DurableEventKind, STREAM_PATH } from '#domain/contract/stream.js';
import { IdentityService } from '../auth/identity.service.js';
import type { SessionUser } from '../auth/session-user.js';
import { MetricsService } from '../health/metrics.service.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { FramedSocket } from './framed-socket.js';
import { readInbound } from './inbound.js';
import { userOfUpgrade } from './stream.adapter.js';
import { StreamHub } from './stream.hub.js';
import { StreamClient } from './stream-client.js';

const PING_EVERY_MS = 30_000;
const SILENCE_LIMIT_MS = 90_000;
const CHECK_SESSIONS_EVERY_MS = 10_000;
const MAX_ERRORS = 100;
const SESSION_ENDED = 4401;
const DISPLAY_KINDS: ReadonlySet<DurableEventKind> = new Set(['alert', 'flood', 'lathe']);

interface Connection {
  socket: WebSocket;
  user: SessionUser;
  heardAtMs: number;
  errors: number;
}

/** The thin edge between sockets and the hub: admission has happened, messages are read, silence is noticed. */
@WebSocketGateway({ path: STREAM_PATH })
export class StreamGateway
  implements OnGatewayInit, OnGatewayConnection, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly log = new Logger(StreamGateway.name);
  private readonly connections = new Map<WebSocket, Connection>();
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly hub: StreamHub,
    private readonly identity: IdentityService,
    private readonly metrics: MetricsService,
    private readonly redis: RedisService,
  ) {}

  afterInit(_server: Server): void {
    this.timers = [
      setInterval(() => this.checkSilence(), PING_EVERY_MS),
      setInterval(() => void this.checkSessions(), CHECK_SESSIONS_EVERY_MS),
    ];
  }

  /** Whoever is dismissed goes at once; what a lost message or a session's age ends goes with the next check. */
  async onApplicationBootstrap(): Promise<void> {
    const subscriber = this.redis.connect('dismissals', { maxRetriesPerRequest: null });
    subscriber.on('message', (_channel, sessionId) => this.dismiss(sessionId));
    await subscriber.subscribe(KEYS.dismissed);
  }

  /** Before Nest cuts the sockets off, so that clients learn why. */
  beforeApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const socket of this.connections.keys()) socket.close(1012, 'the server restarts');
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    const user = userOfUpgrade(request);
    if (!user) {
      socket.close(1008, 'not admitted');
      return;
    }
    const mayRead = (kind: DurableEventKind) => user.userType !== 'display' || DISPLAY_KINDS.has(kind);
    const counters = {
      sent: () => this.metrics.framesSent.inc(),
      spared: () => this.metrics.framesSpared.inc(),
    };
    const client = new StreamClient(
      new FramedSocket(socket, request.socket),
      mayRead,
      counters,
      this.hub.newestEventId,
    );
    const connection: Connection = { socket, user, heardAtMs: Date.now(), errors: 0 };
    this.connections.set(socket, connection);
    socket.on('message', (data: RawData, isBinary: boolean) => this.read(connection, client, data, isBinary));
    socket.on('pong', () => {
      connection.heardAtMs = Date.now();
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.connections.delete(socket);
      this.hub.remove(client);
    });
    client.say('hello', this.hub.hello());
    this.hub.add(client);
  }

  private read(connection: Connection, client: StreamClient, data: RawData, isBinary: boolean): void {
    connection.heardAtMs = Date.now();
    const message = isBinary
      ? { error: { code: 'malformed_message' as const, message: 'Clients speak in text messages.' } }
      : readInbound(data.toString());
    if ('error' in message) this.complain(connection, client, message.error.code, message.error.message);
    else if (message.event === 'ack') this.hub.acknowledge(client, message.data.topic, message.data.seq);
    else if (message.event === 'ping') client.say('pong', { serverTimeMs: Date.now() });
    else {
      this.hub.subscribe(client, message.data).catch((error: unknown) => {
        if (error instanceof DomainError) this.complain(connection, client, error.code, error.message);
        else {
          this.log.error(error);
          this.complain(connection, client, 'unavailable', 'The subscription could not be made. Try again.');
        }
      });
    }
  }

  /** Tells a client what was wrong; one that does nothing else is shown out. */
  private complain(connection: Connection, client: StreamClient, code: string, message: string): void {
    if (++connection.errors < MAX_ERRORS) {
      client.say('error', { code, message });
      return;
    }
    client.say('error', { code: 'closing', message: 'Too many bad messages.' });
    connection.socket.close(1008, 'too many bad messages');
  }

  private checkSilence(): void {
    const nowMs = Date.now();
    for (const { socket, heardAtMs } of this.connections.values()) {
      if (nowMs - heardAtMs > SILENCE_LIMIT_MS) socket.terminate();
      else socket.ping();
    }
  }

  private dismiss(sessionId: string): void {
    for (const { socket, user } of this.connections.values()) {
      if (user.sessionId === sessionId) socket.close(SESSION_ENDED, 'session ended');
    }
  }

  /** A session that was ended elsewhere takes its sockets with it, and so does a display token that was revoked. */
  private async checkSessions(): Promise<void> {
    try {
      for (const { socket, user } of [...this.connections.values()]) {
        if (!(await this.identity.isStillAdmitted(user))) socket.close(SESSION_ENDED, 'session ended');
      }
    } catch (error) {
      this.log.warn(`Sessions could not be checked: ${error instanceof Error ? error.message : error}`);
    }
  }
}
