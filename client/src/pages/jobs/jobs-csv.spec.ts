import { describe, expect, it } from '@jest/globals';
import type { JobDto } from '#domain/contract/job.js';
import { csvOf } from './jobs-csv';

const job = {
  JobID: 'JOB_20261123_001',
  latheId: 'lathe-1',
  JobType: 'turning',
  Material: 'Mild Steel',
  ToolNo: 1,
  Description: 'Shaft, 2" thread',
  StartTime: '2026-11-23T10:00:00.000Z',
  EstimatedTime: 10,
  Status: 'In Progress',
  operator: '=cmd',
  progress: 0.25,
  timeScale: 1,
} as JobDto;

describe('csvOf', () => {
  it('quotes what holds commas or quotes, and leaves unknown cells empty', () => {
    const [head, line] = csvOf([job]).split('\r\n');
    expect(head?.split(',').slice(0, 3)).toEqual(['JobID', 'latheId', 'JobType']);
    expect(line).toBe(
      `JOB_20261123_001,lathe-1,turning,Mild Steel,1,'=cmd,In Progress,2026-11-23T10:00:00.000Z,,10,,0.25,1,,,,"Shaft, 2"" thread"`,
    );
  });
});
