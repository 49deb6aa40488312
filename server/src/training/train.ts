import { resolve } from 'node:path';
import { readDataset } from '#domain/prediction/dataset.js';
import { layoutOf } from '#domain/prediction/table-layout.js';
import { runCommand } from './command.js';
import { readCsvTable } from './csv-table.js';
import { modelFiles, writeModelVersion } from './model-folder.js';
import { NetThreads } from './net-threads.js';
import { ProgressBar } from './progress-bar.js';
import { readTrainOptions, type TrainCommand } from './train.options.js';
import { trainModel } from './train-model.js';

const print = (line: string) => process.stdout.write(`${line}\n`);

await runCommand((args) => train(readTrainOptions(args)));

async function train({ data, name, target, group, inputs, seed }: TrainCommand): Promise<void> {
  const { table, sha256 } = await readCsvTable(data);
  const layout = layoutOf(table, { target, group, inputs });
  const dataset = readDataset(table, layout);
  print(`${table.records.length} rows, layout ${layout.name}, ${layout.task} of ${layout.target}, --seed ${seed}`);
  const threads = new NetThreads();
  const bar = new ProgressBar('Training');
  try {
    const content = await trainModel({ dataset, dataSha256: sha256, seed }, threads, (done) => bar.show(done));
    bar.end();
    const folder = writeModelVersion(resolve('models'), name, modelFiles(content));
    for (const [figure, { value, low, high }] of Object.entries(content.metrics.figures)) {
      print(`  ${figure.padEnd(20)} ${value.toFixed(4)}  (${low.toFixed(4)} to ${high.toFixed(4)})`);
    }
    print(`Written to ${folder}`);
  } finally {
    bar.end();
    await threads.close();
  }
}
