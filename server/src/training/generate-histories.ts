import { createWriteStream, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HISTORY_HEADER, historyCells, runsToFailure } from '#domain/prediction/run-to-failure.js';
import { runCommand } from './command.js';
import { ProgressBar } from './progress-bar.js';
import { OptionError, readSeed, readTexts, required } from './train.options.js';

const USAGE = 'Use: npm run generate:histories -- --out FILE.csv [--runs N] [--seed N]';
const DEFAULT_RUNS = 400;
const MOST_RUNS = 10_000;

await runCommand(async (args) => {
  const values = readTexts(args, ['out', 'runs', 'seed'], USAGE);
  const out = required(values, 'out', USAGE);
  const runs = Number(values['runs'] ?? DEFAULT_RUNS);
  if (!(Number.isInteger(runs) && runs >= 1 && runs <= MOST_RUNS)) {
    throw new OptionError(`--runs must be a whole number from 1 to ${MOST_RUNS}, not ${values['runs']}`);
  }
  const bar = new ProgressBar('Machining to failure');
  let rows = 0;
  const lines = function* (): Generator<string> {
    yield `${HISTORY_HEADER.join()}\n`;
    for (const history of runsToFailure(runs, readSeed(values['seed']))) {
      for (const cells of historyCells(history)) {
        yield `${cells.join()}\n`;
        rows++;
      }
      bar.show(history.run / runs);
    }
  };
  const draft = `${out}.draft-${process.pid}`;
  await pipeline(Readable.from(lines()), createWriteStream(draft));
  renameSync(draft, out);
  bar.end();
  process.stdout.write(`${runs} runs, ${rows} rows, written to ${out}\n`);
});
