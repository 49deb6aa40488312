/** What happened inside the machine, for logs and alarm rules. */
export type MachineEventType =
  | 'partDone'
  | 'jobCompleted'
  | 'toolWorn'
  | 'toolBroken'
  | 'overload'
  | 'feedHold'
  | 'feedResumed'
  | 'overloadTrip'
  | 'thermalTrip'
  | 'spindleHot'
  | 'chatterOn'
  | 'chatterOff'
  | 'faultStarted'
  | 'faultEnded';

export interface MachineEvent {
  type: MachineEventType;
  /** minutes of the job's machine time */
  atMinute: number;
  toolNo: number;
  /** in words, with the figures that made it happen */
  message: string;
}
