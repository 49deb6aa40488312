import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { AppConfig } from '../config/config.js';

const COMMAND_TIMEOUT_MS = 5000;
const CONNECT_TIMEOUT_MS = 2000;
const CLOSE_TIMEOUT_MS = 1000;

/** All connections to Redis of this process. They reconnect for ever; a command that gets no answer fails after 5 s. */
@Injectable()
export class RedisService implements OnApplicationShutdown {
  private readonly logger = new Logger(RedisService.name);
  private readonly connections = new Set<Redis>();
  /** Shared connection for commands that return at once; never block on it. */
  readonly client: Redis;

  constructor(private readonly config: AppConfig) {
    this.client = this.connect('main');
  }

  /**
   * A connection of its own, closed with the application.
   * @param options - `maxRetriesPerRequest: null` (BullMQ asks for it) also lifts the command timeout: its blocking reads take longer
   */
  connect(name: string, options: RedisOptions = {}): Redis {
    const waitsForEver = options.maxRetriesPerRequest === null;
    const connection = new Redis(this.config.redisUrl, {
      connectionName: `byte-astra:${name}`,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: (attempt) => Math.min(25 * 2 ** Math.min(attempt, 10), 500),
      ...(waitsForEver ? {} : { commandTimeout: COMMAND_TIMEOUT_MS }),
      ...options,
    });
    this.logOutages(name, connection);
    this.connections.add(connection);
    return connection;
  }

  /** Closes one connection before the application ends. */
  async close(connection: Redis): Promise<void> {
    this.connections.delete(connection);
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
    });
    if (connection.status === 'ready') await Promise.race([connection.quit().catch(() => undefined), timeout]);
    clearTimeout(timer);
    connection.disconnect();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.connections].map((connection) => this.close(connection)));
  }

  private logOutages(name: string, connection: Redis): void {
    let reported = false;
    connection.on('error', (error: Error) => {
      if (reported) return; // one line for an outage, not one for each attempt
      reported = true;
      this.logger.warn(`Redis connection ${name}: ${error.message || error.name}`);
    });
    connection.on('ready', () => {
      if (reported) this.logger.log(`Redis connection ${name} is back`);
      reported = false;
    });
  }
}
