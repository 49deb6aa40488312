import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { AuditAct, AuditOutcome } from '#domain/contract/audit.js';
import type { UserType } from '#domain/contract/enums.js';

/** One entry of the chain. Nothing of it ever changes. */
@Schema({ collection: 'audit', versionKey: false, id: false })
export class AuditEntryDocument {
  /** id of the act */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Number, required: true }) n!: number;
  @Prop({ type: Date, required: true }) at!: Date;
  @Prop({ type: String, required: true }) act!: AuditAct;
  @Prop({ type: String, default: '' }) actor!: string;
  @Prop({ type: String }) role?: UserType;
  @Prop({ type: String }) subject?: string;
  @Prop({ type: String }) address?: string;
  @Prop({ type: String, required: true }) outcome!: AuditOutcome;
  /** as JSON text: a document would not keep every name and every empty object that was hashed */
  @Prop({ type: String }) details?: string;
  @Prop({ type: String, required: true }) previousHash!: string;
  @Prop({ type: String, required: true }) hash!: string;
}

export const AuditEntryMongoSchema = SchemaFactory.createForClass(AuditEntryDocument);
AuditEntryMongoSchema.index({ n: 1 }, { unique: true });
AuditEntryMongoSchema.index({ at: 1 });
AuditEntryMongoSchema.index({ actor: 1, n: -1 });
AuditEntryMongoSchema.index({ act: 1, n: -1 });
