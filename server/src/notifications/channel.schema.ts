import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ChannelDto, News } from '#domain/contract/notification.js';

type SmtpSettings = Omit<Extract<ChannelDto, { kind: 'email' }>['smtp'], 'hasPassword'>;

/** A way to people outside the page. */
@Schema({ collection: 'notification_channels', versionKey: false, id: false, minimize: false })
export class ChannelDocument {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) kind!: ChannelDto['kind'];
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: Boolean, required: true }) enabled!: boolean;
  @Prop({ type: [Number], required: true }) priorities!: number[];
  /** absent: all */
  @Prop({ type: [String], default: undefined }) lathes?: string[];
  @Prop({ type: [String], required: true }) news!: News[];
  @Prop({ type: Number, required: true }) afterMinutes!: number;
  @Prop({ type: Object, required: true }) limit!: { messages: number; perMinutes: number };
  @Prop({ type: String }) url?: string;
  @Prop({ type: [String], default: undefined }) to?: string[];
  @Prop({ type: String }) from?: string;
  @Prop({ type: Object }) smtp?: SmtpSettings;
  /** signing key of a webhook, password of a mail account; encrypted */
  @Prop({ type: String }) sealedSecret?: string;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: String, required: true }) createdBy!: string;
  /** what happened before it was made or switched on again is not told */
  @Prop({ type: Date, required: true }) since!: Date;
}

export const ChannelMongoSchema = SchemaFactory.createForClass(ChannelDocument);
