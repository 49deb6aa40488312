import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';

export const REQUEST_KEY_LIFE_S = 86_400;

/** A request that came with an Idempotency-Key, and what was answered. */
@Schema({ collection: 'alert_requests', versionKey: false, id: false })
export class RequestKeyDocument {
  /** SHA-256 of user and key */
  @Prop({ type: String, required: true }) _id!: string;
  /** What was asked for: act, target and body. */
  @Prop({ type: String, required: true }) act!: string;
  @Prop({ type: Date, required: true, expires: REQUEST_KEY_LIFE_S }) at!: Date;
  /** Missing until the act is done. */
  @Prop({ type: MongooseSchema.Types.Mixed }) answer?: object;
}

export const RequestKeyMongoSchema = SchemaFactory.createForClass(RequestKeyDocument);
