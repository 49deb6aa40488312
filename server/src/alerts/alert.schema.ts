import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { AlarmEventType } from '#domain/alarms/alarm-state.js';
import type { AlarmState, AlertType, Severity } from '#domain/contract/enums.js';
import type { ChannelName } from '#domain/telemetry/channels.js';

/**
 * One alarm instance as its transitions have left it. The transitions are the truth; this is their fold, kept for lists.
 * Only they wait for a majority: it can be made again, and a transition takes the earlier writes to its primary with it.
 */
@Schema({ collection: 'alerts', versionKey: false, id: false, writeConcern: { w: 1 } })
export class AlertDocument {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) lathe_id!: string;
  @Prop({ type: String }) job_id?: string;
  @Prop({ type: String, required: true }) alert_type!: AlertType;
  @Prop({ type: String }) channel?: ChannelName;
  /** place in the turret of the tool that it tells of */
  @Prop({ type: Number }) tool_no?: number;
  /** What the alarm is about; only one open instance may have it. */
  @Prop({ type: String, required: true }) slot!: string;
  @Prop({ type: Boolean, required: true }) open!: boolean;
  @Prop({ type: Boolean, required: true }) isManual!: boolean;
  @Prop({ type: Boolean, required: true }) isLatching!: boolean;
  @Prop({ type: Boolean, required: true }) isActive!: boolean;
  @Prop({ type: Boolean, required: true }) isLatched!: boolean;
  /** number of the last transition, 0 before the first */
  @Prop({ type: Number, required: true }) n!: number;
  @Prop({ type: String }) lastEvent?: AlarmEventType;
  @Prop({ type: Date }) changedAt?: Date;
  @Prop({ type: String, required: true }) severity!: Severity;
  @Prop({ type: Number, required: true }) priority!: number;
  @Prop({ type: String, required: true }) state!: AlarmState;
  @Prop({ type: Number }) value?: number;
  @Prop({ type: Number }) threshold?: number;
  @Prop({ type: String, default: '' }) message!: string;
  @Prop({ type: Date, required: true }) timestamp!: Date;
  @Prop({ type: String }) acknowledgedBy?: string;
  @Prop({ type: Date }) acknowledgedAt?: Date;
  @Prop({ type: Date }) resolvedAt?: Date;
  @Prop({ type: Date }) shelvedUntil?: Date;
  @Prop({ type: Date }) suppressedUntil?: Date;
  @Prop({ type: Boolean }) isOneShot?: boolean;
  /** who keeps it from people, since when and why */
  @Prop({ type: String }) silencedBy?: string;
  @Prop({ type: Date }) silencedAt?: Date;
  @Prop({ type: String }) silencedReason?: string;
}

export const AlertMongoSchema = SchemaFactory.createForClass(AlertDocument);
AlertMongoSchema.index({ slot: 1 }, { unique: true, partialFilterExpression: { open: true } });
AlertMongoSchema.index({ timestamp: -1, _id: -1 });
AlertMongoSchema.index({ lathe_id: 1, timestamp: -1, _id: -1 });
AlertMongoSchema.index({ state: 1, timestamp: -1, _id: -1 });
AlertMongoSchema.index({ alert_type: 1 }, { partialFilterExpression: { open: true } });
AlertMongoSchema.index({ lathe_id: 1, state: 1, priority: 1 }, { partialFilterExpression: { open: true } });
