import type { AlertType } from '../contract/enums.js';
import type { MachineEvent, MachineEventType } from '../machining/events.js';
import type { ChannelName } from '../telemetry/channels.js';
import type { AlarmPriority } from './priority.js';

/** An alarm that the machine itself reports, without any limit. */
export interface MachineAlarm {
  type: AlertType;
  channel: ChannelName;
  priority: AlarmPriority;
  message: string;
}

const ALARMS: Partial<
  Record<MachineEventType, Omit<MachineAlarm, 'message'> & { says: (event: MachineEvent) => string }>
> = {
  toolBroken: {
    type: 'TOOL_WEAR',
    channel: 'flankWear',
    priority: 1,
    says: ({ toolNo, message }) => `Tool ${toolNo} is broken: ${message}`,
  },
  overloadTrip: {
    type: 'HIGH_TORQUE',
    channel: 'torque',
    priority: 2,
    says: ({ message }) => `The drive tripped: ${message}`,
  },
  thermalTrip: {
    type: 'POWER_LIMIT',
    channel: 'power',
    priority: 2,
    says: ({ message }) => `The drive tripped: ${message}`,
  },
};

/** The alarm that an event of the machine calls for, null for one that calls for none. */
export function machineAlarm(event: MachineEvent): MachineAlarm | null {
  const alarm = ALARMS[event.type];
  if (!alarm) return null;
  const { says, ...what } = alarm;
  return { ...what, message: says(event) };
}
