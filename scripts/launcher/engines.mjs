import { createServer } from 'node:net';
import { join } from 'node:path';
import { privateRedis } from './redis.mjs';
import { privateStore } from './store.mjs';

/**
 * Starts the engines that no address is given for, as children of `crew`.
 * @returns both addresses once both engines answer
 */
export async function startEngines(crew, { dataDir, mongoUri, redisUrl }) {
  const addresses = Promise.all([mongoUri ?? startStore(crew, dataDir), redisUrl ?? startRedis(crew, dataDir)]);
  const [store, redis] = await Promise.race([addresses, crew.broken]);
  crew.publish({ mongoUri: store, redisUrl: redis });
  return { mongoUri: store, redisUrl: redis };
}

async function startRedis(crew, dataDir) {
  const redis = await privateRedis(join(dataDir, 'redis'), await freePort());
  crew.add('engines', 'redis', redis.launch, { echo: false });
  await redis.ready();
  return redis.url;
}

async function startStore(crew, dataDir) {
  const store = privateStore(dataDir, await freePort());
  crew.add('engines', 'store', store.launch, { onLine: store.onLine });
  return store.ready();
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
