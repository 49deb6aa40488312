import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

@Schema({ collection: 'display_tokens', versionKey: false })
export class DisplayTokenDocument {
  @Prop({ type: String, required: true, unique: true }) id!: string;
  @Prop({ type: String, required: true }) name!: string;
  /** SHA-256 of the token, which itself is shown once and never kept */
  @Prop({ type: String, required: true, unique: true }) tokenHash!: string;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: String, required: true }) createdBy!: string;
  @Prop({ type: Date }) lastSeen?: Date;
}

export const DisplayTokenMongoSchema = SchemaFactory.createForClass(DisplayTokenDocument);
