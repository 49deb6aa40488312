import { readFileSync } from 'node:fs';
import { MachiningInputError } from '#domain/machining/errors.js';
import { forceGrowthPerMm } from '#domain/machining/force-growth.js';
import { predictWear } from '#domain/machining/wear-fit.js';
import { describeNumbers } from '#domain/statistics/describe.js';
import { fromWhereCalled, OptionError, writeInto } from './out-folder.js';
import { standalone } from './svg/style.js';
import { readWearOptions, type WearOptions } from './wear/analyze-wear.options.js';
import { compareWear, score, spreadOverSplits } from './wear/compare-wear.js';
import { givenLaw, givenLaws, modelGrowth } from './wear/given-law.js';
import { readForces, readWearCsv, WearFileError } from './wear/read-wear-csv.js';
import { wearPicture } from './wear/wear-picture.js';
import { wearReport } from './wear/wear-report.js';
import { inMicrons } from './wear/wear-tables.js';

/** Splits over which the luck of one is told. */
const SPLITS = 40;

const print = (line: string) => process.stdout.write(`${line}\n`);

try {
  analyze(readWearOptions(process.argv.slice(2)));
} catch (error) {
  const isTold =
    error instanceof OptionError ||
    error instanceof WearFileError ||
    error instanceof MachiningInputError ||
    error instanceof RangeError;
  if (!isTold) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function analyze({ file, out, layout, conditions, material, seed, credit, forces }: WearOptions): void {
  const text = readText(file);
  const records = readWearCsv(text, layout);
  const { law } = givenLaw(material, conditions);
  const comparison = compareWear(records, law, seed);
  const given = givenLaws(conditions).map((each) => ({
    given: each,
    result: score('given', each.material, records, (record) => predictWear(each.law, record)),
  }));
  const picture = wearPicture(comparison);
  const spread = spreadOverSplits(records, law, SPLITS);
  const growths = modelGrowth(material, conditions).flatMap(({ force, name, perMm: model }) => {
    const column = forces[force];
    return column === undefined ? [] : [{ name, model, perMm: readForces(text, layout, column).map(forceGrowthPerMm) }];
  });
  const html = wearReport({
    comparison,
    spread,
    splits: SPLITS,
    given,
    material,
    conditions,
    picture,
    credit,
    growths,
  });

  print(`${records.length} tools, split with seed ${seed}; MAE / RMSE in µm, means over the tools`);
  for (const { name, maeMm, rmseMm } of comparison.methods) {
    print(`  ${name.padEnd(32)} ${inMicrons(maeMm).padStart(6)} / ${inMicrons(rmseMm).padStart(6)}`);
  }
  for (const { name, model, perMm } of growths) {
    const measured = describeNumbers(perMm).median.toFixed(2);
    print(`  ${name}: grows by ${measured} of itself per mm of wear in the median, ${model.toFixed(2)} in the model`);
  }
  const folder = fromWhereCalled(out);
  print(`Written to ${writeInto(folder, 'wear-comparison.html', html)}`);
  print(`Written to ${writeInto(folder, 'wear-comparison.svg', standalone(picture, credit))}`);
}

function readText(file: string): string {
  try {
    return readFileSync(fromWhereCalled(file), 'utf8');
  } catch (error) {
    throw new WearFileError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`, { cause: error });
  }
}
