import { describe, expect, it } from '@jest/globals';
import { machineAlarm } from './machine-alarm.js';

const event = { atMinute: 3, toolNo: 4, message: 'flank wear 0.600 mm' };

describe('what the machine reports', () => {
  it('is an alarm where a tool is broken or the drive has tripped', () => {
    expect(machineAlarm({ ...event, type: 'toolBroken' })).toEqual({
      type: 'TOOL_WEAR',
      channel: 'flankWear',
      priority: 1,
      message: 'Tool 4 is broken: flank wear 0.600 mm',
    });
    expect(machineAlarm({ ...event, type: 'thermalTrip' })).toMatchObject({ type: 'POWER_LIMIT', priority: 2 });
  });

  it('is none where a part is done', () => expect(machineAlarm({ ...event, type: 'partDone' })).toBeNull());
});
