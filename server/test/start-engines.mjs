import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Crew } from '../../scripts/launcher/crew.mjs';
import { startEngines } from '../../scripts/launcher/engines.mjs';

/** Real engines for the specs of server/, as npm start would run them, on a folder of their own; or those named by address. */
export default async function startTestEngines() {
  const { MONGO_URI: mongoUri, REDIS_URL: redisUrl } = process.env;
  if (mongoUri && redisUrl) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'byte-astra-test-'));
  const crew = new Crew(dataDir);
  globalThis.testEngines = { crew, dataDir };
  const addresses = await startEngines(crew, { dataDir, mongoUri, redisUrl });
  crew.settle();
  process.env.MONGO_URI = addresses.mongoUri;
  process.env.REDIS_URL = addresses.redisUrl;
}
