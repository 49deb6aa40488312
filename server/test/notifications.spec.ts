import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import type { AlertDto } from '#domain/contract/alert.js';
import { KEYS } from '../src/realtime-bus/keys.js';
import { type Caller, callerFor, signIn } from './client.js';
import { type Part, type Product, startProduct, until } from './product.js';
import { openWebhookReceiver } from './receivers.js';

jest.setTimeout(180_000);
const LATHE = 'lathe-20';
/** In each round a part is killed after this many alerts have been asked for, while others are on their way. */
const ROUNDS: readonly (readonly [Part, number])[] = [
  ['api', 3],
  ['worker', 5],
  ['api', 8],
  ['worker', 2],
  ['api', 11],
];
const IN_ROUND = 16;
const PATIENCE_MS = 60_000;

let product: Product;
let manager: Caller;
let operator: Caller;
let redis: Redis;
let hook: Awaited<ReturnType<typeof openWebhookReceiver>>;

beforeAll(async () => {
  product = await startProduct();
  manager = callerFor(product.url, await signIn(product.url, 'Sahil'));
  operator = callerFor(product.url, await signIn(product.url, 'Yash'));
  redis = new Redis(JSON.parse(readFileSync(join(product.dataDir, 'plant.json'), 'utf8')).redisUrl);
  hook = await openWebhookReceiver();
  const channel = {
    kind: 'webhook',
    name: 'Drill',
    url: hook.url,
    secret: 'sixteen characters',
    priorities: [2, 3],
    lathes: [LATHE],
    limit: { messages: 500, perMinutes: 60 },
  };
  const { status } = await manager('POST', '/api/notifications/channels', channel);
  if (status !== 201) throw new Error(`the channel was refused: ${status}`);
});
afterAll(async () => {
  redis?.disconnect();
  await hook?.close();
  await product?.stop();
});

/** Raises an alert as a browser does that does not give up: the same request again until it is answered. */
async function raise(message: string): Promise<string> {
  const body = { latheId: LATHE, message, severity: 'warning' };
  return until(`"${message}" is taken`, PATIENCE_MS, async () => {
    const answer = await operator('POST', '/api/alerts', body, { 'Idempotency-Key': `key of ${message}` }).catch(
      () => undefined,
    );
    return answer?.status === 201 ? (answer.body.id as string) : undefined;
  });
}

/** How often the bus carries each transition of each alert. */
async function published(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const [, [, kind, , json = '{}']] of await redis.xrange(KEYS.events, '-', '+')) {
    if (kind !== 'alert') continue;
    const { id, n } = JSON.parse(json) as AlertDto;
    counts.set(`${id}:${n}`, (counts.get(`${id}:${n}`) ?? 0) + 1);
  }
  return counts;
}

describe('an alert whose plant is killed while it is raised', () => {
  it('has one transition, one event and one message, whichever part dies and whenever', async () => {
    const raised: string[] = [];
    for (const [round, [part, after]] of ROUNDS.entries()) {
      const asked: Promise<string>[] = [];
      for (let i = 0; i < IN_ROUND; i++) {
        asked.push(raise(`drill ${round}-${i}`));
        if (i === after) await product.untilBack(part, product.kill(part));
      }
      raised.push(...(await Promise.all(asked)));
    }
    expect(new Set(raised).size).toBe(ROUNDS.length * IN_ROUND);
    const calls = await Promise.race([
      hook.calls.until((items) => raised.every((id) => items.some(({ body }) => body.alert.id === id))),
      new Promise<never>((_, fail) => setTimeout(() => fail(new Error('messages are missing')), PATIENCE_MS).unref()),
    ]);
    const messages = new Map<string, Set<string>>();
    for (const { body, headers } of calls) {
      expect(headers['idempotency-key']).toBe(body.id);
      messages.set(body.alert.id, (messages.get(body.alert.id) ?? new Set()).add(body.id));
    }
    const counts = await published();
    for (const id of raised) {
      const { body: transitions } = await manager('GET', `/api/alerts/${id}/transitions`);
      expect(transitions).toMatchObject([{ n: 1, event: 'limitExceeded' }]);
      expect([id, messages.get(id)?.size, counts.get(`${id}:1`)]).toEqual([id, 1, 1]);
    }
  });
});
