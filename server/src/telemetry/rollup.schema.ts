import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ChannelName } from '#domain/telemetry/channels.js';
import type { InjectedSummary } from '#domain/telemetry/injected.js';
import type { ChannelSummary } from '#domain/telemetry/summary.js';

/** Summary of one lathe over a minute, ten minutes, an hour or a day (UTC). */
@Schema({ collection: 'telemetry_rollups', versionKey: false, id: false, minimize: false })
export class RollupDocument {
  @Prop({ type: String, required: true }) latheId!: string;
  /** length, ms: one of SUMMARY_LEVELS_MS */
  @Prop({ type: Number, required: true }) resolution!: number;
  @Prop({ type: Date, required: true }) start!: Date;
  @Prop({ type: Number, required: true }) samples!: number;
  /** A channel without a known value is left out. */
  @Prop({ type: MongooseSchema.Types.Mixed, required: true }) channels!: Partial<Record<ChannelName, ChannelSummary>>;
  /** Absent where no injected fault acted. */
  @Prop({ type: MongooseSchema.Types.Mixed }) injected?: InjectedSummary;
  /** Absent where it is kept for ever. */
  @Prop({ type: Date }) expiresAt?: Date;
}

export const RollupMongoSchema = SchemaFactory.createForClass(RollupDocument);
RollupMongoSchema.index({ latheId: 1, resolution: 1, start: 1 }, { unique: true });
RollupMongoSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
