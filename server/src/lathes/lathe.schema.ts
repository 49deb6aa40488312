import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { LatheLimits } from '#domain/contract/lathe.js';
import type { MachineSnapshot } from '#domain/machining/machine-state.js';

export interface Release {
  alertId?: string;
  by: string;
  reason: string;
  at: Date;
}

/** A lathe of the plant. Its maintenance windows and thresholds have collections of their own. */
@Schema({ collection: 'lathes', versionKey: false, id: false })
export class LatheDocument {
  /** `lathe-1`, `lathe-2`, … */
  @Prop({ type: String, required: true, unique: true }) id!: string;
  /** position in tick frames, from 0 */
  @Prop({ type: Number, required: true, unique: true }) index!: number;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) model!: string;
  /** m on the floor */
  @Prop({ type: { x: Number, z: Number }, _id: false, required: true }) position!: { x: number; z: number };
  @Prop({ type: { maxSpindleSpeed: Number, maxPower: Number, maxTorque: Number }, _id: false, required: true })
  limits!: LatheLimits;
  /** by a critical stop, until maintenance has ended */
  @Prop({ type: Boolean, default: false }) locked!: boolean;
  /** the alert that locked it first */
  @Prop({ type: String }) lockedBy?: string;
  @Prop({ type: Date }) lockedAt?: Date;
  /** the last release without maintenance: of which alert's lock, by whom and why */
  @Prop({ type: { alertId: String, by: String, reason: String, at: Date }, _id: false }) released?: Release;
  /** tools, bearing and heat as the last job left them */
  @Prop({ type: MongooseSchema.Types.Mixed }) machine?: MachineSnapshot;
  @Prop({ type: Date, required: true }) updatedAt!: Date;
}

export const LatheMongoSchema = SchemaFactory.createForClass(LatheDocument);
