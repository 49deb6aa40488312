import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Threshold } from '#domain/contract/alert.js';

/** The limits of one lathe, where a manager has set them. */
@Schema({ collection: 'thresholds', versionKey: false, id: false })
export class ThresholdsDocument {
  @Prop({ type: String, required: true, unique: true }) latheId!: string;
  @Prop({ type: [Object], required: true }) thresholds!: Threshold[];
  @Prop({ type: Date, required: true }) updatedAt!: Date;
  @Prop({ type: String, required: true }) updatedBy!: string;
}

export const ThresholdsMongoSchema = SchemaFactory.createForClass(ThresholdsDocument);
