import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { PlannedPart } from '#domain/analytics/planned-part.js';
import type { JobStatus, JobType } from '#domain/contract/enums.js';
import type { JobResult } from '#domain/contract/job.js';
import type { CuttingParameters, PlanWarning } from '#domain/contract/machining.js';
import type { FaultRecord } from '#domain/machining/fault-log.js';
import type { JobPlan } from '#domain/machining/plan.js';

const { Mixed } = MongooseSchema.Types;

/** A machining job, in the API's names. */
@Schema({ collection: 'jobs', versionKey: false, id: false, minimize: false })
export class JobDocument {
  @Prop({ type: String, required: true, unique: true }) JobID!: string;
  @Prop({ type: String, required: true }) latheId!: string;
  @Prop({ type: String, required: true }) JobType!: JobType;
  @Prop({ type: String, required: true }) Material!: string;
  @Prop({ type: Number, required: true }) ToolNo!: number;
  @Prop({ type: String, default: '' }) Description!: string;
  /** time of creation until the first tick */
  @Prop({ type: Date, required: true }) StartTime!: Date;
  @Prop({ type: Date }) EndTime?: Date;
  /** min of machine time */
  @Prop({ type: Number, required: true }) EstimatedTime!: number;
  /** min of machine time */
  @Prop({ type: Number }) ActualDuration?: number;
  @Prop({ type: String, required: true }) Status!: JobStatus;
  @Prop({ type: String, required: true }) operator!: string;
  @Prop({ type: Number, default: 0 }) progress!: number;
  @Prop({ type: Number, required: true }) timeScale!: number;
  @Prop({ type: Number, required: true }) seed!: number;
  @Prop({ type: Mixed, required: true }) parameters!: CuttingParameters;
  @Prop({ type: [Mixed], default: [] }) warnings!: PlanWarning[];
  @Prop({ type: Mixed }) result?: JobResult;
  @Prop({ type: Mixed, required: true }) plan!: JobPlan;
  /** what the plan promises of a part; absent in jobs of earlier versions */
  @Prop({ type: Mixed }) planned?: PlannedPart;
  /** injected faults, once the job is over */
  @Prop({ type: [Mixed], default: undefined }) faults?: FaultRecord[];
  @Prop({ type: Date, required: true }) createdAt!: Date;
  /** It has the lathe: running, or next to run. A waiting job and an ended one have not. */
  @Prop({ type: Boolean, required: true }) active!: boolean;
  /** Its status has changed and the event that says so may not be out yet. */
  @Prop({ type: Boolean }) unannounced?: boolean;
}

export const JobMongoSchema = SchemaFactory.createForClass(JobDocument);
JobMongoSchema.index(
  { latheId: 1 },
  { unique: true, partialFilterExpression: { active: true }, name: 'one_active_job' },
);
// the few jobs of today among all there ever were: the index above cannot find them without a lathe
JobMongoSchema.index({ active: 1 }, { partialFilterExpression: { active: true }, name: 'active_jobs' });
JobMongoSchema.index({ latheId: 1, StartTime: -1, _id: -1 });
JobMongoSchema.index({ StartTime: -1, _id: -1 });
JobMongoSchema.index({ Status: 1, StartTime: -1, _id: -1 });
JobMongoSchema.index({ unannounced: 1 }, { sparse: true });

/** Last number given in each series. */
@Schema({ collection: 'counters', versionKey: false })
export class CounterDocument {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Number, required: true }) n!: number;
}

export const CounterMongoSchema = SchemaFactory.createForClass(CounterDocument);
