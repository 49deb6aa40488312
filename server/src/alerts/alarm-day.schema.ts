import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Tally, TallyCarry } from '#domain/alarms/tally.js';

/** What the transitions of one day (UTC) add up to, and what its next day must know of it. Can be made again at any time. */
@Schema({ collection: 'alarm_days', versionKey: false, id: false, minimize: false, writeConcern: { w: 1 } })
export class AlarmDayDocument {
  @Prop({ type: Date, required: true, unique: true }) day!: Date;
  /** of the way of counting: a sum made in another way is made again */
  @Prop({ type: Number, required: true }) version!: number;
  /** JSON text, for points may be named in ways that no field can */
  @Prop({ type: String, required: true }) tally!: string;
  @Prop({ type: String, required: true }) carry!: string;
}

export const AlarmDayMongoSchema = SchemaFactory.createForClass(AlarmDayDocument);

export interface AlarmDay {
  dayMs: number;
  tally: Tally;
  carry: TallyCarry;
}
