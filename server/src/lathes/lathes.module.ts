import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { FleetSeed } from './fleet-seed.js';
import { LatheDocument, LatheMongoSchema } from './lathe.schema.js';
import { LathesRepository } from './lathes.repository.js';
import { LathesService } from './lathes.service.js';

/** The lathes themselves, for every role that deals with them. Their public view is composed in LatheViewModule. */
@Module({
  imports: [MongooseModule.forFeature([{ name: LatheDocument.name, schema: LatheMongoSchema }])],
  providers: [FleetSeed, LathesRepository, LathesService],
  exports: [LathesService],
})
export class LathesModule {}
