import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const WINDOW_STATES = ['planned', 'active', 'ended', 'cancelled'] as const;
export type WindowState = (typeof WINDOW_STATES)[number];

/** A time in which a lathe belongs to its maintainers; ended ones are kept as history. */
@Schema({ collection: 'maintenance_windows', versionKey: false, id: false })
export class MaintenanceWindowDocument {
  @Prop({ type: String, required: true, unique: true }) id!: string;
  @Prop({ type: String, required: true }) latheId!: string;
  @Prop({ type: String, required: true, enum: WINDOW_STATES }) state!: WindowState;
  /** planned start; of an active or ended one the real start */
  @Prop({ type: Date, required: true }) start!: Date;
  /** planned end; of an ended one the real end */
  @Prop({ type: Date, required: true }) end!: Date;
  @Prop({ type: Number, required: true }) minutes!: number;
  @Prop({ type: String, required: true }) reason!: string;
  @Prop({ type: Number }) replaceTool?: number;
  @Prop({ type: Boolean, default: false }) toolReplaced!: boolean;
  @Prop({ type: String, required: true }) plannedBy!: string;
}

export const MaintenanceWindowMongoSchema = SchemaFactory.createForClass(MaintenanceWindowDocument);
MaintenanceWindowMongoSchema.index(
  { latheId: 1 },
  { unique: true, partialFilterExpression: { state: 'active' }, name: 'one_active_window' },
);
MaintenanceWindowMongoSchema.index({ state: 1, start: 1 });
MaintenanceWindowMongoSchema.index({ latheId: 1, start: -1 });
MaintenanceWindowMongoSchema.index({ latheId: 1, end: -1 });
