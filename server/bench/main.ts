import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { alarmsBench } from './alarms.bench.js';
import type { Bench, BenchResult } from './bench.js';
import { consoleBench } from './console.bench.js';
import { historyBench } from './history.bench.js';
import { physicsBench } from './physics.bench.js';
import { predictionBench } from './prediction.bench.js';
import { storeBench } from './store.bench.js';
import { streamBench } from './stream.bench.js';

const BENCHES: Record<string, Bench> = {
  alarms: alarmsBench,
  console: consoleBench,
  history: historyBench,
  stream: streamBench,
  store: storeBench,
  physics: physicsBench,
  prediction: predictionBench,
};
const RESULTS = join(process.cwd(), 'bench', 'results.json');

function kept(): Record<string, BenchResult> {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')) as Record<string, BenchResult>;
  } catch {
    return {};
  }
}

const [wished] = process.argv.slice(2);
if (wished !== undefined && !Object.hasOwn(BENCHES, wished)) {
  process.stderr.write(`There is no benchmark ${wished}. There is: ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(1);
}

const results = kept();
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wished !== undefined && wished !== name) continue;
  process.stdout.write(`\n${name}: ${bench.about}\n`);
  const figures = await bench.run((line) => process.stdout.write(`  ${line}\n`));
  results[name] = { at: new Date().toISOString(), cpu: cpus()[0]?.model ?? 'unknown', node: process.version, figures };
  console.table(figures);
}
mkdirSync(join(process.cwd(), 'bench'), { recursive: true });
writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write('Written to bench/results.json\n');
process.exit(0);
