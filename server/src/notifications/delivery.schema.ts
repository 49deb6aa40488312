import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { DeliveryDto, DeliveryState, News } from '#domain/contract/notification.js';

const KEEP_DAYS = 30;

/** One message to one channel. Its id follows from what it tells, so that nothing is told twice. */
@Schema({ collection: 'notification_deliveries', versionKey: false, id: false })
export class DeliveryDocument {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) channelId!: string;
  @Prop({ type: String, required: true }) channelName!: string;
  @Prop({ type: String, required: true }) type!: DeliveryDto['type'];
  @Prop({ type: String }) news?: News;
  @Prop({ type: String }) alertId?: string;
  @Prop({ type: Number }) transition?: number;
  @Prop({ type: String }) latheId?: string;
  @Prop({ type: Number }) priority?: number;
  @Prop({ type: Boolean, default: false }) escalation!: boolean;
  @Prop({ type: String, required: true }) summary!: string;
  /** what is told, as JSON text: it must stay what it was when it happened */
  @Prop({ type: String }) told?: string;
  @Prop({ type: String, required: true }) state!: DeliveryState;
  @Prop({ type: Number, default: 0 }) attempts!: number;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: Date, required: true }) dueAt!: Date;
  @Prop({ type: Date }) deliveredAt?: Date;
  @Prop({ type: String }) error?: string;
  /** the digest that tells it instead */
  @Prop({ type: String }) digestId?: string;
}

export const DeliveryMongoSchema = SchemaFactory.createForClass(DeliveryDocument);
DeliveryMongoSchema.index({ createdAt: 1 }, { expireAfterSeconds: KEEP_DAYS * 86_400 });
DeliveryMongoSchema.index({ createdAt: -1, _id: -1 });
DeliveryMongoSchema.index({ channelId: 1, createdAt: -1, _id: -1 });
DeliveryMongoSchema.index({ state: 1, dueAt: 1 });
DeliveryMongoSchema.index({ digestId: 1, priority: 1 }, { sparse: true });
