import { join } from 'node:path';
import { loadConfig } from '../config/config.js';
import { fromWhereCalled, OptionError, readArguments, writeInto } from './out-folder.js';
import { NoDataError, readTestRun } from './simulation/scratch-reader.js';
import { simulationReport } from './simulation/simulation-report.js';

const FILE = 'simulation-report.html';

try {
  const { values, positionals } = readArguments(process.argv.slice(2), ['out']);
  if (positionals.length > 0) throw new OptionError(`Unexpected ${positionals[0]}. There is: --out DIR`);
  const { mongoUri, dataDir } = loadConfig();
  const data = await readTestRun(mongoUri);
  const folder = values['out'] ? fromWhereCalled(values['out']) : join(dataDir, 'reports');
  const path = writeInto(folder, FILE, simulationReport(data, new Date()));
  process.stdout.write(`${data.records.length} jobs, ${data.samples} samples\nWritten to ${path}\n`);
} catch (error) {
  if (!(error instanceof OptionError || error instanceof NoDataError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
