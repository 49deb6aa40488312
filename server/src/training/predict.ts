import { runCommand } from './command.js';
import { readGivenModel } from './given-model.js';
import { scoreTable } from './score-table.js';
import { readTexts, required } from './train.options.js';

const USAGE = 'Use: npm run predict -- --model NAME --in FILE.csv --out FILE.csv';

await runCommand(async (args) => {
  const values = readTexts(args, ['model', 'in', 'out'], USAGE);
  const model = required(values, 'model', USAGE);
  const from = required(values, 'in', USAGE);
  const to = required(values, 'out', USAGE);
  const loaded = readGivenModel(model);
  const rows = await scoreTable(loaded, from, to);
  process.stdout.write(`${rows} rows scored by ${loaded.name} ${loaded.version}, written to ${to}\n`);
});
