import { describe, expect, it } from '@jest/globals';
import { alarmMessage } from './alarm-message.js';

describe('the sentence of an alarm', () => {
  it.each<[Parameters<typeof alarmMessage>[0], string]>([
    [
      { channel: 'processTemperature', bound: 'high', value: 356.35, limit: 353.15 },
      'Process temperature 83.2 °C is above 80.0 °C',
    ],
    [{ channel: 'power', bound: 'high', value: 11_320, limit: 11_000 }, 'Spindle power 11.32 kW is above 11.00 kW'],
    [
      { channel: 'failureProbability', bound: 'high', value: 0.724, limit: 0.7 },
      'Failure probability 72 % is above 70 %',
    ],
    [
      { channel: 'remainingUsefulLife', bound: 'low', value: 1.96, limit: 2 },
      'Remaining tool life 1.96 min is below 2.00 min',
    ],
    [
      { channel: 'torque', bound: 'rate', value: -30, limit: 20 },
      'Spindle torque changes by 30.0 N·m per second, more than 20.0 N·m',
    ],
    [{ channel: 'flankWear', bound: 'high', value: 0.3012, limit: 0.3 }, 'Flank wear 0.301 mm is above 0.300 mm'],
  ])('%j', (change, sentence) => expect(alarmMessage(change)).toBe(sentence));
});
