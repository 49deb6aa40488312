import { describe, expect, it } from '@jest/globals';
import type { JobDto } from '#domain/contract/job.js';
import { CreateJobSchema } from '#domain/contract/job.js';
import { MATERIALS } from '#domain/machining/materials.js';
import { TOOLS } from '#domain/machining/tools.js';
import { draftOf, jobOf, NEW_DRAFT, previewOf, withJobType, withMode, withText } from './job-draft';

const library = { tools: TOOLS, materials: MATERIALS };
const limits = { maxSpindleSpeed: 4000, maxPower: 15_000, maxTorque: 203 };

describe('previewOf', () => {
  it('gives the worked example of 4140 with tool 1: 1061 1/min, 40 N·m, 4.45 kW', () => {
    const typed = { rpm: '', cuttingSpeed: '200', diameter: '60', endDiameter: '50', depthOfCut: '2', feed: '0.25' };
    const draft = { ...NEW_DRAFT, material: 'Alloy Steel 4140', texts: typed };
    const { result, faults } = previewOf(draft, library, limits);
    expect(faults.size).toBe(0);
    expect(result?.spindleSpeed).toBeCloseTo(1061, 0);
    expect(result?.spindleTorque).toBeCloseTo(40.0, 0);
    expect((result?.spindlePower ?? 0) / 1000).toBeCloseTo(4.45, 1);
  });

  it('names the field that cannot be, and still shows defaults', () => {
    const { result, faults, parameters } = previewOf(withText(NEW_DRAFT, 'feed', '77'), library, limits);
    expect(result).toBeUndefined();
    expect(faults.get('parameters.feed')).toContain('77');
    expect(parameters.diameter).toBeGreaterThan(0);
  });

  it('obeys the limits of this very lathe', () => {
    const weak = { ...limits, maxSpindleSpeed: 800 };
    expect(previewOf(withText(withMode(NEW_DRAFT, 'constantRpm'), 'rpm', '1200'), library, weak).faults.size).toBe(1);
  });
});

describe('drafts', () => {
  it('take a tool that fits when the kind of work changes', () => {
    expect(withJobType(NEW_DRAFT, 'drilling', TOOLS).toolNo).toBe(6);
    expect(withJobType({ ...NEW_DRAFT, toolNo: 3 }, 'facing', TOOLS).toolNo).toBe(3);
  });

  it('let the speed typed last decide', () => {
    const both = withText(withText(NEW_DRAFT, 'rpm', '900'), 'cuttingSpeed', '150');
    expect(both.texts).toEqual({ cuttingSpeed: '150' });
  });

  it('make a request that the contract takes', () => {
    const body = jobOf({ ...withText(NEW_DRAFT, 'feed', '0,2'), description: '  ' }, 'lathe-13');
    expect(CreateJobSchema.safeParse(body).success).toBe(true);
    expect(body.parameters).toEqual({ feed: 0.2 });
    expect(body).not.toHaveProperty('description');
  });

  it('repeat a job with its own figures', () => {
    const job = {
      JobType: 'boring',
      Material: 'Brass',
      ToolNo: 4,
      Description: '',
      EstimatedTime: 12,
      timeScale: 5,
      parameters: { mode: 'constantRpm', rpm: 1500, cuttingSpeed: 188, feed: 0.1, coolant: 'mist' },
    } as JobDto;
    const body = jobOf(draftOf(job), 'lathe-2');
    expect(body).toMatchObject({ jobType: 'boring', material: 'Brass', toolNo: 4, estimatedTime: 12, timeScale: 5 });
    expect(body.parameters).toEqual({ mode: 'constantRpm', rpm: 1500, feed: 0.1, coolant: 'mist' });
  });
});
