import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AppConfig } from '../config/config.js';

/** The one connection to the document store, whichever engine stands behind the address. */
@Module({
  imports: [
    MongooseModule.forRootAsync({
      inject: [AppConfig],
      useFactory: (config: AppConfig) => ({
        uri: config.mongoUri,
        dbName: config.mongoUri.match(/\/\/[^/]+\/([^/?]+)/)?.[1] ?? 'byte_astra',
        writeConcern: { w: 'majority' as const },
        maxPoolSize: 20,
        serverSelectionTimeoutMS: 5_000,
        socketTimeoutMS: 30_000,
        bufferTimeoutMS: 10_000,
      }),
    }),
  ],
})
export class StoreModule {}
