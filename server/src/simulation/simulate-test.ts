import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { type RandomJob, randomJobs } from '#domain/machining/random-jobs.js';
import { loadConfig } from '../config/config.js';
import { LathesService } from '../lathes/lathes.service.js';
import { type AcceleratedJob, AcceleratedJobs } from './accelerated-jobs.js';
import { ScratchCheck } from './scratch-check.js';
import {
  emptyScratchDatabase,
  SCRATCH_DATABASE,
  ScratchPlantModule,
  SharedDatabaseError,
} from './scratch-plant.module.js';
import { OptionError, readOptions, type SimulateTestOptions } from './simulate-test.options.js';

const print = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

try {
  const options = readOptions(process.argv.slice(2), { simulations: 10, minutes: 10, seed: randomInt(2 ** 32) });
  process.exitCode = (await simulate(options)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof OptionError || error instanceof SharedDatabaseError)) throw error;
  complain(error.message);
  process.exitCode = 1;
}

/** @returns whether the store holds what it should */
async function simulate({ simulations, minutes, seed }: SimulateTestOptions): Promise<boolean> {
  const { mongoUri, sensorIntervalS } = loadConfig();
  await emptyScratchDatabase(mongoUri);
  const app = await NestFactory.createApplicationContext(ScratchPlantModule, { logger: ['error', 'warn'] });
  const lathes = await app.get(LathesService, { strict: false }).list();
  const accelerated = app.get(AcceleratedJobs);
  const jobs = randomJobs(
    simulations,
    lathes.map(({ id }) => id),
    seed,
  );

  print(
    `${simulations} jobs of ${minutes} min, a sample every ${sensorIntervalS} s, --seed ${seed}, into ${SCRATCH_DATABASE}`,
  );
  for (const [i, job] of jobs.entries()) {
    const place = `${i + 1}`.padStart(`${simulations}`.length);
    print(`[${place}/${simulations}] ${inWords(job, await accelerated.run(job, minutes))}`);
  }
  const { lines, faults } = await app.get(ScratchCheck).verify(simulations);
  await app.close();

  print('\n=== Verification ===');
  for (const line of lines) print(line);
  for (const fault of faults) complain(`Verification failed: ${fault}`);
  if (faults.length === 0) print('Verification passed');
  return faults.length === 0;
}

function inWords({ latheId, jobType, material, toolNo }: RandomJob, { JobID, outcome }: AcceleratedJob): string {
  const { status, machineMinutes, result } = outcome;
  const why = result.reason ? ` (${result.reason})` : '';
  const what = `${latheId} ${jobType} ${material}, tool ${toolNo}`;
  return `${JobID} ${what}: ${status} after ${machineMinutes.toFixed(1)} min${why}, ${result.samples ?? 0} samples`;
}
