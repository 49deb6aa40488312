import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** What the inspection of a job's parts came to. */
@Schema({ collection: 'inspections', versionKey: false, id: false })
export class InspectionDocument {
  @Prop({ type: String, required: true, unique: true }) JobID!: string;
  /** parts that were not good */
  @Prop({ type: Number, required: true }) scrapped!: number;
  @Prop({ type: String, required: true }) by!: string;
  @Prop({ type: Date, required: true }) at!: Date;
}

export const InspectionMongoSchema = SchemaFactory.createForClass(InspectionDocument);
