import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { AlarmEventType } from '#domain/alarms/alarm-state.js';
import type { AlarmState } from '#domain/contract/enums.js';

/** One line of an alarm's append-only history. Only `published` ever changes. */
@Schema({ collection: 'alert_transitions', versionKey: false, id: false })
export class AlertTransitionDocument {
  @Prop({ type: String, required: true }) alertId!: string;
  /** What it is about as `lathe|type|channel`, so that figures need no second look; absent in old ones. */
  @Prop({ type: String }) point?: string;
  /** 1, 2, … per alert */
  @Prop({ type: Number, required: true }) n!: number;
  @Prop({ type: Date, required: true }) at!: Date;
  @Prop({ type: String, required: true }) event!: AlarmEventType;
  @Prop({ type: String, required: true }) from!: AlarmState;
  @Prop({ type: String, required: true }) to!: AlarmState;
  @Prop({ type: String, required: true }) actor!: string;
  @Prop({ type: String }) comment?: string;
  @Prop({ type: Number }) priority?: number;
  @Prop({ type: Number }) value?: number;
  @Prop({ type: Number }) limit?: number;
  @Prop({ type: String }) message?: string;
  @Prop({ type: Date }) shelvedUntil?: Date;
  @Prop({ type: Date }) suppressedUntil?: Date;
  @Prop({ type: Boolean }) oneShot?: boolean;
  /** This transition stops the lathe; done before `published` is set. */
  @Prop({ type: Boolean }) stop?: boolean;
  /** The request that made it, so that a repeated request finds it. */
  @Prop({ type: String }) requestKey?: string;
  /** Whether its event has reached the bus. */
  @Prop({ type: Boolean, required: true }) published!: boolean;
}

export const AlertTransitionMongoSchema = SchemaFactory.createForClass(AlertTransitionDocument);
AlertTransitionMongoSchema.index({ alertId: 1, n: 1 }, { unique: true });
AlertTransitionMongoSchema.index({ at: 1, alertId: 1, n: 1 });
AlertTransitionMongoSchema.index({ event: 1, to: 1, at: -1 });
AlertTransitionMongoSchema.index({ published: 1 }, { partialFilterExpression: { published: false } });
AlertTransitionMongoSchema.index({ requestKey: 1 }, { sparse: true });
