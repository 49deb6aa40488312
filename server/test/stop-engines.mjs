import { rmSync } from 'node:fs';

export default async function stopTestEngines() {
  if (!globalThis.testEngines) return;
  const { crew, dataDir } = globalThis.testEngines;
  await crew.stop();
  rmSync(dataDir, { recursive: true });
}
