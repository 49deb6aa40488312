import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { StopReason } from '#domain/analytics/stop-reasons.js';

/** Why a lathe stood still, as people say. The stop itself follows from jobs and shifts and is stored nowhere. */
@Schema({ collection: 'stop_reasons', versionKey: false, id: false })
export class StopReasonDocument {
  @Prop({ type: String, required: true }) latheId!: string;
  /** when the stop began */
  @Prop({ type: Date, required: true }) start!: Date;
  @Prop({ type: String, required: true }) reason!: StopReason;
  @Prop({ type: String }) comment?: string;
  @Prop({ type: String, required: true }) by!: string;
  @Prop({ type: Date, required: true }) at!: Date;
}

export const StopReasonMongoSchema = SchemaFactory.createForClass(StopReasonDocument);
StopReasonMongoSchema.index({ latheId: 1, start: 1 }, { unique: true });
StopReasonMongoSchema.index({ start: 1 });
