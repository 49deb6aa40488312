import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ToolDocument, ToolMongoSchema } from './tool.schema.js';
import { ToolsController } from './tools.controller.js';
import { ToolsRepository } from './tools.repository.js';
import { ToolsService } from './tools.service.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: ToolDocument.name, schema: ToolMongoSchema }])],
  controllers: [ToolsController],
  providers: [ToolsRepository, ToolsService],
  exports: [ToolsService],
})
export class ToolsModule {}
