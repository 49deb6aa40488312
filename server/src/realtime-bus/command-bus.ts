import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { InjectFaultDto } from '#domain/contract/machining.js';
import { KEYS } from './keys.js';
import { LuaScript } from './lua-script.js';
import { RedisService } from './redis.service.js';

/** What a lathe can be told. A command for a job that does not run there (any more) has no effect. */
export type LatheCommand =
  | { type: 'stop'; jobId: string; reason: 'operator' | 'alert'; by: string; alertId?: string }
  /** the fault takes the id of its command */
  | { type: 'fault'; jobId: string; fault: InjectFaultDto; by?: string }
  | { type: 'endFault'; jobId: string; faultId: string; by: string }
  | { type: 'replaceTool'; toolNo: number };

export interface ReceivedCommand {
  id: string;
  command: LatheCommand;
}

const KEEP_COMMANDS = 1000;

const SEND = new LuaScript(`
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'c', ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return id
`);

/** Commands to lathes: durable in a stream for each, with a wake-up for the worker that holds it. */
@Injectable()
export class CommandBus {
  constructor(private readonly redis: RedisService) {}

  /** @returns the id of the command in the lathe's stream */
  async send(latheId: string, command: LatheCommand): Promise<string> {
    const args = [KEEP_COMMANDS, JSON.stringify(command), KEYS.wake, latheId];
    return (await SEND.run(this.redis.client, [KEYS.commands(latheId)], args)) as string;
  }

  /** Commands behind `afterId`, oldest first. */
  async read(latheId: string, afterId: string): Promise<ReceivedCommand[]> {
    return toCommands(await this.redis.client.xrange(KEYS.commands(latheId), `(${afterId}`, '+'));
  }

  /** Calls `onWake` with the id of each lathe that was sent a command, until the returned connection is closed. */
  async listen(onWake: (latheId: string) => void): Promise<Redis> {
    const subscriber = this.redis.connect('commands', { maxRetriesPerRequest: null });
    subscriber.on('message', (_channel, latheId) => onWake(latheId));
    await subscriber.subscribe(KEYS.wake);
    return subscriber;
  }
}

/** Commands from entries of a lathe's stream. */
export function toCommands(entries: [id: string, fields: string[]][]): ReceivedCommand[] {
  return entries.map(([id, fields]) => ({ id, command: JSON.parse(fields[1] ?? '{}') as LatheCommand }));
}
