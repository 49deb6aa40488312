import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { UserType } from '#domain/contract/enums.js';

@Schema({ collection: 'users', versionKey: false })
export class UserDocument {
  @Prop({ type: String, required: true, unique: true }) userID!: string;
  @Prop({ type: String, required: true, unique: true }) employeeId!: string;
  @Prop({ type: String, required: true }) passwordHash!: string;
  @Prop({ type: String, required: true, enum: ['manager', 'operator'] }) userType!: Exclude<UserType, 'display'>;
  @Prop({ type: Date }) lastLogin?: Date;
  @Prop({ type: Boolean, default: false }) disabled!: boolean;
  @Prop({ type: Boolean, default: false }) mustChangePassword!: boolean;
}

export const UserSchema = SchemaFactory.createForClass(UserDocument);
