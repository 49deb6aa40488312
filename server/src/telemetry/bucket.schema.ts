import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ChannelName } from '#domain/telemetry/channels.js';
import type { InjectedSample } from '#domain/telemetry/injected.js';

/** Samples of one lathe and minute. Its arrays run in step: one element for each sample, in the order of storing. */
@Schema({ collection: 'telemetry_buckets', versionKey: false, id: false, minimize: false })
export class BucketDocument {
  @Prop({ type: String, required: true }) latheId!: string;
  @Prop({ type: Date, required: true }) minute!: Date;
  /** number of the newest sample in here */
  @Prop({ type: Number, required: true }) lastSequence!: number;
  /** numbers of the samples: a sample whose number is in here is never stored again */
  @Prop({ type: [Number], required: true }) n!: number[];
  /** times of the ticks, epoch ms */
  @Prop({ type: [Number], required: true }) t!: number[];
  @Prop({ type: [Number], required: true }) tick!: number[];
  @Prop({ type: [String], required: true }) job!: string[];
  @Prop({ type: [Number], required: true }) machineMinutes!: number[];
  /** null = unknown */
  @Prop({ type: MongooseSchema.Types.Mixed, required: true }) channels!: Partial<
    Record<ChannelName, (number | null)[]>
  >;
  /** Labels and true values of those samples on which an injected fault acted; absent where there is none. */
  @Prop({ type: [MongooseSchema.Types.Mixed], default: undefined }) injected?: InjectedSample[];
  /** The summaries of minute and hour do not hold all of this yet; absent where they do. */
  @Prop({ type: Boolean }) unrolled?: boolean;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
}

export const BucketMongoSchema = SchemaFactory.createForClass(BucketDocument);
BucketMongoSchema.index({ latheId: 1, minute: 1 }, { unique: true });
BucketMongoSchema.index(
  { unrolled: 1, latheId: 1, minute: 1 },
  { partialFilterExpression: { unrolled: true }, name: 'unrolled' },
);
BucketMongoSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
