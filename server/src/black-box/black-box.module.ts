import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AlarmStoreModule } from '../alerts/alarm-store.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { BlackBoxController } from './black-box.controller.js';
import { BlackBoxDocument, BlackBoxMongoSchema } from './black-box.schema.js';
import { BlackBoxWorker } from './black-box.worker.js';
import { BlackBoxCutter } from './black-box-cutter.js';
import { BlackBoxQueue } from './black-box-queue.js';
import { BlackBoxesRepository } from './black-boxes.repository.js';
import { BlackBoxes } from './black-boxes.service.js';

/** For whoever raises alarms. */
@Module({ providers: [BlackBoxQueue], exports: [BlackBoxQueue] })
export class BlackBoxQueueModule {}

@Module({
  imports: [MongooseModule.forFeature([{ name: BlackBoxDocument.name, schema: BlackBoxMongoSchema }])],
  providers: [BlackBoxesRepository],
  exports: [BlackBoxesRepository],
})
class BlackBoxStoreModule {}

/** What is kept around alarms, over HTTP. */
@Module({
  imports: [AlarmStoreModule, BlackBoxQueueModule, BlackBoxStoreModule],
  controllers: [BlackBoxController],
  providers: [BlackBoxes],
})
export class BlackBoxApiModule {}

/** What keeps it. */
@Module({
  imports: [AlarmStoreModule, BlackBoxStoreModule, LathesModule],
  providers: [BlackBoxCutter, BlackBoxWorker],
  exports: [BlackBoxCutter],
})
export class BlackBoxWorkerModule {}
