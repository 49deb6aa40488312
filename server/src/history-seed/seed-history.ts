import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { DAY_MS, HOUR_MS } from '#domain/telemetry/resolution.js';
import { AlarmStoreModule } from '../alerts/alarm-store.module.js';
import { AlertDocument, AlertMongoSchema } from '../alerts/alert.schema.js';
import { AlertTransitionDocument, AlertTransitionMongoSchema } from '../alerts/alert-transition.schema.js';
import { InspectionDocument, InspectionMongoSchema } from '../analytics/inspection.schema.js';
import { StopReasonDocument, StopReasonMongoSchema } from '../analytics/stop-reason.schema.js';
import { loadConfig } from '../config/config.js';
import { ConfigModule } from '../config/config.module.js';
import { CounterDocument, CounterMongoSchema, JobDocument, JobMongoSchema } from '../jobs/job.schema.js';
import { JobNumbers } from '../jobs/job-numbers.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { LathesService } from '../lathes/lathes.service.js';
import { MaintenanceWindowDocument, MaintenanceWindowMongoSchema } from '../maintenance/maintenance-window.schema.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { OptionError, readArguments } from '../report/out-folder.js';
import { StoreModule } from '../store/store.module.js';
import { BucketDocument, BucketMongoSchema } from '../telemetry/bucket.schema.js';
import { RollupDocument, RollupMongoSchema } from '../telemetry/rollup.schema.js';
import { TelemetryArchiveModule } from '../telemetry/telemetry-archive.module.js';
import { Chance } from './chance.js';
import { HistoryWriter } from './history-writer.js';
import { pastOf } from './lathe-past.js';
import { recordRuns } from './recorded-run.js';

@Module({
  imports: [
    ConfigModule,
    StoreModule,
    RealtimeBusModule,
    LathesModule,
    AlarmStoreModule,
    TelemetryArchiveModule,
    MongooseModule.forFeature([
      { name: JobDocument.name, schema: JobMongoSchema },
      { name: CounterDocument.name, schema: CounterMongoSchema },
      { name: AlertDocument.name, schema: AlertMongoSchema },
      { name: AlertTransitionDocument.name, schema: AlertTransitionMongoSchema },
      { name: MaintenanceWindowDocument.name, schema: MaintenanceWindowMongoSchema },
      { name: StopReasonDocument.name, schema: StopReasonMongoSchema },
      { name: InspectionDocument.name, schema: InspectionMongoSchema },
      { name: BucketDocument.name, schema: BucketMongoSchema },
      { name: RollupDocument.name, schema: RollupMongoSchema },
    ]),
  ],
  providers: [HistoryWriter, JobNumbers],
})
class SeedHistoryModule {}

/** Days before the plant's first job are left empty, so that two histories never meet. */
const MARGIN_MS = HOUR_MS;

try {
  await seed(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Fills the days before now, or before the plant's first job, with jobs, stops, alarms and a sample every 5 s. */
async function seed(args: string[]): Promise<void> {
  const { values } = readArguments(args, ['days', 'lathes', 'seed']);
  const days = wholeNumber('days', values['days'] ?? '30', 1, 400);
  const seed = wholeNumber('seed', values['seed'] ?? '1', 0, 2 ** 31);
  if (loadConfig().production)
    throw new OptionError('An invented history has no place in a plant with NODE_ENV=production.');
  const begunMs = performance.now();
  const app = await NestFactory.createApplicationContext(SeedHistoryModule, { logger: ['error', 'warn'] });
  const writer = app.get(HistoryWriter);
  await writer.ready();
  const fleet = await app.get(LathesService, { strict: false }).list();
  const lathes = fleet.slice(0, wholeNumber('lathes', values['lathes'] ?? String(fleet.length), 1, fleet.length));
  const nowMs = Date.now();
  const firstJobMs = (await writer.firstJobMs()) ?? nowMs;
  const fromMs = Math.floor((nowMs - days * DAY_MS) / HOUR_MS) * HOUR_MS;
  const toMs = Math.floor((firstJobMs - (firstJobMs < nowMs ? MARGIN_MS : 0)) / HOUR_MS) * HOUR_MS;
  if (toMs - fromMs < HOUR_MS) {
    await app.close();
    throw new OptionError('This plant has a history of those days already.');
  }
  const runs = recordRuns(seed);
  const pasts = lathes.map(({ id, index }) => pastOf(id, runs, { fromMs, toMs }, new Chance(seed * 1000 + index)));
  const ids = await writer.writeRecords(pasts);
  let samples = 0;
  for (const [i, past] of pasts.entries()) {
    samples += await writer.writeSamples(past, ids);
    const seconds = Math.round((performance.now() - begunMs) / 1000);
    process.stdout.write(`${i + 1} of ${pasts.length} lathes, ${samples} samples, ${seconds} s\n`);
  }
  await app.close();
  process.stdout.write(`${ids.size} jobs from ${iso(fromMs)} to ${iso(toMs)}\n`);
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new OptionError(`--${name} must be a whole number from ${min} to ${max}, not ${text}`);
  }
  return value;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
