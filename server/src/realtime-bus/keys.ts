/** Every key of the product in Redis. BullMQ keeps its own under BULL_PREFIX. */
export const KEYS = {
  ticks: 'ba:ticks',
  telemetry: 'ba:telemetry',
  events: 'ba:events',
  live: 'ba:live',
  wake: 'ba:wake',
  models: 'ba:models',
  dismissed: 'ba:dismissed',
  latheViews: 'ba:lathe-views',
  commands: (latheId: string) => `ba:cmd:${latheId}`,
  epoch: (latheId: string) => `ba:epoch:${latheId}`,
  checkpoint: (latheId: string) => `ba:checkpoint:${latheId}`,
  starts: (jobId: string) => `ba:starts:${jobId}`,
  eventKey: (key: string) => `ba:event-key:${key}`,
  audit: 'ba:audit',
  auditOpen: 'ba:audit:open',
  auditHead: 'ba:audit:head',
  notifyPlace: 'ba:notify:place',
  notifySpent: (channelId: string, window: number) => `ba:notify:spent:${channelId}:${window}`,
  demoRounds: 'ba:demo:rounds',
  demoFault: (jobId: string) => `ba:demo:fault:${jobId}`,
  lease: (name: string) => `ba:lease:${name}`,
  role: (role: string, instance: string) => `ba:role:${role}:${instance}`,
} as const;

export const BULL_PREFIX = 'ba:bull';
export const SIMULATION_QUEUE = 'simulation';
export const SIMULATION_JOB = 'machine';

export const TRAINING_QUEUE = 'training';

export interface TrainingJobData {
  trainingId: string;
}

/** What a queue job of SIMULATION_QUEUE carries; its BullMQ id is the JobID. */
export interface SimulationJobData {
  jobId: string;
  latheId: string;
}
