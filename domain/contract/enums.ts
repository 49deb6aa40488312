import { z } from 'zod';

export const JOB_TYPES = ['turning', 'facing', 'threading', 'drilling', 'boring', 'knurling'] as const;
export const JobTypeSchema = z.enum(JOB_TYPES);
export type JobType = z.infer<typeof JobTypeSchema>;

export const MATERIAL_NAMES = [
  'Mild Steel',
  'Aluminum',
  'Wood',
  'Alloy Steel 4140',
  'Stainless 304',
  'Cast Iron',
  'Brass',
  'Titanium Ti-6Al-4V',
  'Custom',
] as const;
export const MaterialNameSchema = z.enum(MATERIAL_NAMES);
export type MaterialName = z.infer<typeof MaterialNameSchema>;

/** In the order of the status byte of a tick record. */
export const LATHE_STATUSES = ['idle', 'running', 'maintenance', 'alarm', 'offline'] as const;
export const LatheStatusSchema = z.enum(LATHE_STATUSES);
export type LatheStatus = z.infer<typeof LatheStatusSchema>;

export const HEALTH_BANDS = ['good', 'watch', 'poor', 'critical', 'unknown'] as const;
export const HealthBandSchema = z.enum(HEALTH_BANDS);
export type HealthBand = z.infer<typeof HealthBandSchema>;

export const JOB_STATUSES = ['Queued', 'In Progress', 'Completed', 'Alert Triggered', 'Failed', 'Cancelled'] as const;
export const JobStatusSchema = z.enum(JOB_STATUSES);
export type JobStatus = z.infer<typeof JobStatusSchema>;

export const USER_TYPES = ['manager', 'operator', 'display'] as const;
export const UserTypeSchema = z.enum(USER_TYPES);
export type UserType = z.infer<typeof UserTypeSchema>;

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export const SeveritySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof SeveritySchema>;

export const ALARM_STATES = [
  'normal',
  'unacknowledged',
  'acknowledged',
  'returnedUnacknowledged',
  'latchedUnacknowledged',
  'latchedAcknowledged',
  'shelved',
  'suppressed',
  'outOfService',
] as const;
export const AlarmStateSchema = z.enum(ALARM_STATES);
export type AlarmState = z.infer<typeof AlarmStateSchema>;

export const ALERT_TYPES = [
  'HIGH_TEMPERATURE',
  'HIGH_VIBRATION',
  'HIGH_TORQUE',
  'POWER_LIMIT',
  'TOOL_WEAR',
  'FAILURE_RISK',
  'ANOMALY',
  'SENSOR_FAULT',
  'JOB_OVERRUN',
  'OFFLINE',
  'MANUAL',
] as const;
export const AlertTypeSchema = z.enum(ALERT_TYPES);
export type AlertType = z.infer<typeof AlertTypeSchema>;

export const FAULT_TYPES = [
  'toolBreakage',
  'bearingWear',
  'coolantLoss',
  'imbalance',
  'chatter',
  'overload',
  'beltSlip',
  'sensorDropout',
  'sensorStuck',
  'sensorDrift',
] as const;
export const FaultTypeSchema = z.enum(FAULT_TYPES);
export type FaultType = z.infer<typeof FaultTypeSchema>;
