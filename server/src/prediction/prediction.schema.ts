import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { PredictionSample } from '#domain/prediction/live-history.js';

const { Mixed } = MongooseSchema.Types;

/** What was said of a lathe about every half minute in the cut, kept to be scored and learned from. */
@Schema({ collection: 'predictions', versionKey: false, id: false, writeConcern: { w: 1 } })
export class PredictionDocument {
  @Prop({ type: String, required: true }) latheId!: string;
  @Prop({ type: Date, required: true }) at!: Date;
  @Prop({ type: String, required: true }) jobId!: string;
  @Prop({ type: Number, required: true }) toolNo!: number;
  @Prop({ type: Number, required: true }) toolMinutes!: number;
  @Prop({ type: Mixed, required: true }) model!: PredictionSample['model'];
  @Prop({ type: Number, required: true }) failureProbability!: number;
  @Prop({ type: Boolean, required: true }) inDistribution!: boolean;
  /** inputs in the order of HISTORY_INPUTS */
  @Prop({ type: [Number], required: true }) row!: number[];
  @Prop({ type: Number, required: true }) estimateMin!: number;
  @Prop({ type: Number, required: true }) flankWearMm!: number;
  @Prop({ type: Number, required: true }) torqueNm!: number;
  @Prop({ type: String }) failure?: 'breakage' | 'drive';
  @Prop({ type: Mixed }) challenger?: NonNullable<PredictionSample['challenger']>;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
}

export const PredictionMongoSchema = SchemaFactory.createForClass(PredictionDocument);
PredictionMongoSchema.index({ latheId: 1, at: 1 }, { unique: true });
PredictionMongoSchema.index({ at: 1 });
PredictionMongoSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
