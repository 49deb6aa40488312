import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { TrainingDto } from '#domain/contract/prediction-model.js';

/** A training that somebody has asked for, and what came of it. */
@Schema({ collection: 'model_trainings', versionKey: false, id: false })
export class TrainingDocument {
  @Prop({ type: String, required: true, unique: true }) trainingId!: string;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) source!: TrainingDto['source'];
  @Prop({ type: Number, required: true }) tools!: number;
  @Prop({ type: Number, required: true }) seed!: number;
  @Prop({ type: String, required: true }) state!: TrainingDto['state'];
  @Prop({ type: String, required: true }) stage!: string;
  @Prop({ type: Number, required: true }) progress!: number;
  @Prop({ type: Number, default: null }) rows!: number | null;
  @Prop({ type: Number, default: null }) failures!: number | null;
  @Prop({ type: String, required: true }) requestedBy!: string;
  @Prop({ type: Date, required: true }) requestedAt!: Date;
  @Prop({ type: Date }) endedAt?: Date;
  @Prop({ type: String }) version?: string;
  @Prop({ type: String }) problem?: string;
  /** Somebody has called it off; its worker has yet to notice. */
  @Prop({ type: Boolean }) isCalledOff?: boolean;
  /** Waiting or running: there is one such training at a time. */
  @Prop({ type: Boolean, required: true }) open!: boolean;
}

export const TrainingMongoSchema = SchemaFactory.createForClass(TrainingDocument);
TrainingMongoSchema.index({ open: 1 }, { unique: true, partialFilterExpression: { open: true }, name: 'one_training' });
TrainingMongoSchema.index({ requestedAt: -1 });
