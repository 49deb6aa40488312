import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';

/** Ticks of one lathe around alarms that were raised within a few seconds. Written once. */
@Schema({ collection: 'black_boxes', versionKey: false, id: false })
export class BlackBoxDocument {
  /** `lathe|ms`: of the beginning of the time in which the alarms were raised */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Number, required: true }) ticks!: number;
  /** as `pack` makes it */
  @Prop({ type: MongooseSchema.Types.Buffer, required: true }) data!: { buffer: Uint8Array };
  /** What came before was no longer held when this was cut; absent where all was. */
  @Prop({ type: Date }) lostUntil?: Date;
  @Prop({ type: Date, required: true }) cutAt!: Date;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
}

export const BlackBoxMongoSchema = SchemaFactory.createForClass(BlackBoxDocument);
BlackBoxMongoSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
