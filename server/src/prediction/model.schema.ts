import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { RegisteredModelDto } from '#domain/contract/prediction-model.js';

const { Mixed } = MongooseSchema.Types;

/**
 * A registered version of a model, its files included, so that every copy of the product has them. Which one is active is
 * decided by the latest `activeSince`: one write activates, one takes it back.
 */
@Schema({ collection: 'models', versionKey: false, id: false, minimize: false })
export class ModelDocument {
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) version!: string;
  @Prop({ type: String, required: true }) source!: RegisteredModelDto['source'];
  @Prop({ type: Date, required: true }) registeredAt!: Date;
  @Prop({ type: String }) trainedBy?: string;
  /** What lists show of the model, so that they need not read its files. */
  @Prop({ type: Mixed, required: true }) summary!: ModelSummary;
  /** SHA-256 of the manifest */
  @Prop({ type: String, required: true }) sha256!: string;
  @Prop({ type: [Mixed], required: true }) files!: { name: string; text: string }[];
  @Prop({ type: Date }) activeSince?: Date;
  /** Time of the last roll-back from it. */
  @Prop({ type: Date }) takenBackAt?: Date;
  @Prop({ type: Date }) challengerSince?: Date;
}

/** What follows from a model's files alone. */
export type ModelSummary = Pick<
  RegisteredModelDto,
  | 'layout'
  | 'task'
  | 'target'
  | 'forLathes'
  | 'threshold'
  | 'inputs'
  | 'modes'
  | 'hasReport'
  | 'dataSha256'
  | 'seed'
  | 'metrics'
>;

export const ModelMongoSchema = SchemaFactory.createForClass(ModelDocument);
ModelMongoSchema.index({ name: 1, version: 1 }, { unique: true });
ModelMongoSchema.index({ activeSince: -1 }, { partialFilterExpression: { activeSince: { $exists: true } } });
