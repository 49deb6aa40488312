import { describe, expect, it } from '@jest/globals';
import { JOB_TYPES, MATERIAL_NAMES } from '#domain/contract/enums.js';
import { CreateJobSchema } from '#domain/contract/job.js';
import { planJob } from '#domain/machining/plan.js';
import { DEMO_LATHES, DEMO_PROGRAM, demoLatheCount } from './demo-program.js';

const jobs = DEMO_PROGRAM.flatMap((lathe) => lathe.jobs);

describe('demo program', () => {
  it.each(jobs.map((job) => [job.description, job] as const))('%s can be planned', (_, job) => {
    const { jobType, material, toolNo, parameters } = CreateJobSchema.parse({ ...job, latheId: 'lathe-1' });
    const plan = planJob({ jobType, material, toolNo, ...(parameters ? { parameters } : {}) });
    expect(plan.warnings).toEqual([]);
  });

  it('shows every job type and material of the table', () => {
    expect(new Set(jobs.map(({ jobType }) => jobType))).toEqual(new Set(JOB_TYPES));
    expect(new Set(jobs.map(({ material }) => material))).toEqual(
      new Set(MATERIAL_NAMES.filter((name) => name !== 'Custom')),
    );
  });

  it('leaves at least a quarter of a small plant alone and everything beyond the twelfth lathe', () => {
    expect(DEMO_PROGRAM).toHaveLength(DEMO_LATHES);
    expect([1, 2, 4, 12, 13, 16, 20, 5000].map(demoLatheCount)).toEqual([0, 1, 3, 9, 9, 12, 12, 12]);
  });
});
