import { describe, expect, it } from '@jest/globals';
import { telemetryCsv } from './trace-csv';

describe('telemetryCsv', () => {
  it('names units, leaves unknown values empty and gaps out', () => {
    const series = { mean: [1.5, null, 3], min: [1, null, 3], max: [2, null, 3] };
    const unknown = { mean: [null, null, 9], min: [null, null, 9], max: [null, null, 9] };
    const text = telemetryCsv({
      from: '',
      to: '',
      resolutionMs: 5000,
      t: [0, 5000, 10_000],
      channels: { torque: unknown, rpm: series },
    });
    expect(text.split('\r\n')).toEqual([
      'timestamp,rpm_mean (1/min),rpm_min (1/min),rpm_max (1/min),torque_mean (N·m),torque_min (N·m),torque_max (N·m)',
      '1970-01-01T00:00:00.000Z,1.5,1,2,,,',
      '1970-01-01T00:00:10.000Z,3,3,3,9,9,9',
      '',
    ]);
  });
});
