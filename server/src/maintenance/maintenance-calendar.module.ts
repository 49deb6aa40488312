import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { MaintenanceCalendar } from './maintenance-calendar.js';
import { MaintenanceWindowDocument, MaintenanceWindowMongoSchema } from './maintenance-window.schema.js';
import { MaintenanceWindowsRepository } from './maintenance-windows.repository.js';

/** Reading side of maintenance, below jobs; MaintenanceModule acts and stands above them. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: MaintenanceWindowDocument.name, schema: MaintenanceWindowMongoSchema }]),
  ],
  providers: [MaintenanceCalendar, MaintenanceWindowsRepository],
  exports: [MaintenanceCalendar, MaintenanceWindowsRepository],
})
export class MaintenanceCalendarModule {}
