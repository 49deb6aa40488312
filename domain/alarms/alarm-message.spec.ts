import { describe, expect, it } from '@jest/globals';
import { alarmMessage } from './alarm-message.js';

describe('the sentence of an alarm', () => {
  it.each<[Parameters<typeof alarmMessage>[0], string]>([
    [
      { type: 'HIGH_TEMPERATURE', channel: 'processTemperature', bound: 'high', value: 356.35, limit: 353.15 },
      'Process temperature 83.2 °C is above 80.0 °C',
    ],
    [
      { type: 'POWER_LIMIT', channel: 'power', bound: 'high', value: 11_320, limit: 11_000 },
      'Spindle power 11.32 kW is above 11.00 kW',
    ],
    [
      { type: 'FAILURE_RISK', channel: 'failureProbability', bound: 'high', value: 0.724, limit: 0.7 },
      'Failure probability 72 % is above 70 %',
    ],
    [
      { type: 'FAILURE_RISK', channel: 'remainingUsefulLife', bound: 'low', value: 1.96, limit: 2 },
      'Remaining tool life 1.96 min is below 2.00 min',
    ],
    [
      { type: 'HIGH_TORQUE', channel: 'torque', bound: 'rate', value: -30, limit: 20 },
      'Spindle torque changes by 30.0 N·m per second, more than 20.0 N·m',
    ],
    [
      { type: 'TOOL_WEAR', channel: 'flankWear', bound: 'high', value: 0.3012, limit: 0.3 },
      'Flank wear 0.301 mm is above 0.300 mm',
    ],
    [
      { type: 'ANOMALY', channel: 'vibration', bound: 'high', value: 0.484, limit: 0.15 },
      'Vibration is at least 48 % above what the physical model expects, more than 15 %',
    ],
    [
      { type: 'SENSOR_FAULT', channel: 'vibration', bound: 'high', value: 10.1, limit: 10 },
      'Vibration: the sensor has said nothing new for 10.1 s, longer than 10.0 s',
    ],
    [
      { type: 'OFFLINE', channel: 'progress', bound: 'high', value: 13.2, limit: 10 },
      'The lathe has given no sign for 13 s, longer than 10 s',
    ],
    [
      { type: 'JOB_OVERRUN', channel: 'progress', bound: 'high', value: 1.234, limit: 1.1 },
      'The job has taken 123 % of its planned time, more than 110 %',
    ],
  ])('%j', (change, sentence) => expect(alarmMessage(change)).toBe(sentence));
});
