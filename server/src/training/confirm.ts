import { readDataset } from '#domain/prediction/dataset.js';
import { LiveModel } from '#domain/prediction/live-model.js';
import { TrainingDataError } from '#domain/prediction/prediction.errors.js';
import { layoutOf } from '#domain/prediction/table-layout.js';
import { confirmModel } from '#domain/prediction/training/confirm-model.js';
import { runCommand } from './command.js';
import { readCsvTable } from './csv-table.js';
import { readGivenModel } from './given-model.js';
import { readTexts, required } from './train.options.js';

const USAGE = 'Use: npm run confirm -- --model NAME --seen HISTORIES.csv --fresh HISTORIES.csv';

await runCommand(async (args) => {
  const values = readTexts(args, ['model', 'seen', 'fresh'], USAGE);
  const { name, version, model, weights } = readGivenModel(required(values, 'model', USAGE));
  const judge = new LiveModel(name, version, model, weights);
  const [seen, fresh] = [
    await histories(required(values, 'seen', USAGE)),
    await histories(required(values, 'fresh', USAGE)),
  ];
  const rows = confirmModel(judge, seen, fresh);
  const short = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(3)) : (value ?? ''));
  console.table(
    Object.fromEntries(
      rows.map(({ name: of, ...figures }) => [
        of,
        Object.fromEntries(Object.entries(figures).map(([figure, value]) => [figure, short(value)])),
      ]),
    ),
  );
});

async function histories(file: string) {
  const { table } = await readCsvTable(file);
  const layout = layoutOf(table);
  if (!layout.history) throw new TrainingDataError(`${file} holds no histories of tools run to failure`);
  return readDataset(table, layout);
}
