import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { JobType } from '#domain/contract/enums.js';
import type { ToolKind } from '#domain/contract/machining.js';

interface Range {
  min: number;
  max: number;
}

/** A tool of the library; names and units as in the contract. */
@Schema({ collection: 'tools', versionKey: false, id: false })
export class ToolDocument {
  @Prop({ type: Number, required: true, unique: true }) toolNo!: number;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) insert!: string;
  @Prop({ type: [String], required: true }) jobTypes!: JobType[];
  @Prop({ type: String, required: true }) kind!: ToolKind;
  @Prop({ type: Number, default: null }) enteringAngle!: number | null;
  @Prop({ type: Number, default: null }) noseRadius!: number | null;
  @Prop({ type: Number, default: null }) rakeAngle!: number | null;
  @Prop({ type: Number, default: null }) speedFactor!: number | null;
  @Prop({ type: Number, default: null }) taylorN!: number | null;
  @Prop({ type: MongooseSchema.Types.Mixed, required: true }) feed!: Range;
  @Prop({ type: MongooseSchema.Types.Mixed, default: null }) depthOfCut!: Range | null;
  @Prop({ type: Number, required: true }) forceLimit!: number;
  @Prop({ type: Number }) diameter?: number;
  @Prop({ type: Number }) pitch?: number;
  @Prop({ type: String }) source?: string;
}

export const ToolMongoSchema = SchemaFactory.createForClass(ToolDocument);
