import { describe, expect, it } from '@jest/globals';
import { JOB_TYPES } from '../contract/enums.js';
import { createMachineState } from './machine-state.js';
import { MATERIALS } from './materials.js';
import { fittingTools } from './plan.js';
import { randomJobs } from './random-jobs.js';
import { beginJob } from './step.js';
import { TOOLS } from './tools.js';

const LATHES = ['lathe-1', 'lathe-2', 'lathe-3'];

describe('random jobs', () => {
  const jobs = randomJobs(500, LATHES, 7);

  it('are the same for the same seed, and others for another', () => {
    expect(randomJobs(20, LATHES, 7)).toEqual(jobs.slice(0, 20));
    expect(randomJobs(20, LATHES, 8)).not.toEqual(jobs.slice(0, 20));
  });

  it('cover every lathe, job type, material and tool', () => {
    const seen = <T>(of: (job: (typeof jobs)[number]) => T) => new Set(jobs.map(of));
    expect(seen((job) => job.latheId)).toEqual(new Set(LATHES));
    expect(seen((job) => job.jobType)).toEqual(new Set(JOB_TYPES));
    expect(seen((job) => job.material)).toEqual(new Set(MATERIALS.map(({ name }) => name)));
    expect(seen((job) => job.toolNo)).toEqual(new Set(TOOLS.map(({ toolNo }) => toolNo)));
    expect(seen((job) => job.seed).size).toBe(jobs.length);
  });

  it('have a tool that fits, a load that the lathe bears, and can begin', () => {
    for (const { jobType, toolNo, seed, plan } of jobs) {
      expect(fittingTools(jobType)).toContain(toolNo);
      expect(plan.cut.jobType).toBe(jobType);
      expect(plan.warnings.map(({ code }) => code)).not.toContain('w_overload');
      expect(() => beginJob(createMachineState(seed), plan, { seed, estimatedMinutes: 1 })).not.toThrow();
    }
  });

  it('need a lathe', () => {
    expect(() => randomJobs(1, [], 1)).toThrow(RangeError);
  });
});
