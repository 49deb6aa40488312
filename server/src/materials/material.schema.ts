import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A work material of the library; names and units as in the contract. */
@Schema({ collection: 'materials', versionKey: false, id: false })
export class MaterialDocument {
  @Prop({ type: String, required: true, unique: true }) name!: string;
  @Prop({ type: Number, default: null }) vdiGroup!: number | null;
  @Prop({ type: Boolean, required: true }) ferrous!: boolean;
  @Prop({ type: Number, required: true }) hardness!: number;
  @Prop({ type: Number, required: true }) kc1!: number;
  @Prop({ type: Number, required: true }) mc!: number;
  @Prop({ type: Number, required: true }) density!: number;
  @Prop({ type: Number, required: true }) specificHeat!: number;
  @Prop({ type: Number, required: true }) conductivity!: number;
  @Prop({ type: Number, required: true }) limitTemperature!: number;
  @Prop({ type: Number, required: true }) heatFactor!: number;
  @Prop({ type: Number, required: true }) rippleFactor!: number;
  @Prop({ type: Number, required: true }) speed15!: number;
  @Prop({ type: String }) source?: string;
}

export const MaterialMongoSchema = SchemaFactory.createForClass(MaterialDocument);
