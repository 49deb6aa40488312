import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { planJob } from '#domain/machining/plan.js';
import { meanOf } from '#domain/statistics/describe.js';
import { CHANNEL_NAMES } from '#domain/telemetry/channels.js';
import { openTags } from '../../../test/open-tags.js';
import { openSandbox, type Sandbox } from '../../../test/sandbox.js';
import { type RunningStore, startStore } from '../../embedded/store/server.js';
import { AcceleratedJobs } from '../../simulation/accelerated-jobs.js';
import { ScratchPlantModule } from '../../simulation/scratch-plant.module.js';
import { channelName } from '../channel-words.js';
import { groupFigures, shareAbove } from './run-figures.js';
import { isCutting, type RunData, samplesOf } from './run-record.js';
import { NoDataError, readTestRun } from './scratch-reader.js';
import { simulationReport } from './simulation-report.js';

jest.setTimeout(60_000);

const TURNING = { jobType: 'turning', material: 'Alloy Steel 4140', toolNo: 1, parameters: {} } as const;
const DRILLING = { jobType: 'drilling', material: 'Brass', toolNo: 7, parameters: {} } as const;
const MINUTES = 3;

// the scratch database has one name, and other specs use it on the suite's own store
let dataDir: string;
let store: RunningStore;
let sandbox: Sandbox;
let plant: TestingModule;
let refusal: unknown;
let data: RunData;
let html: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'byte-astra-report-'));
  store = await startStore({ dataDir, port: 0 });
  sandbox = await openSandbox({ MONGO_URI: store.uri, FLEET_SIZE: '2' });
  refusal = await readTestRun(store.uri).catch((error: unknown) => error);
  plant = await sandbox.start([ScratchPlantModule]);
  const accelerated = plant.get(AcceleratedJobs);
  for (const [i, request] of [TURNING, DRILLING, TURNING].entries()) {
    await accelerated.run({ ...request, latheId: `lathe-${1 + (i % 2)}`, seed: i, plan: planJob(request) }, MINUTES);
  }
  data = await readTestRun(store.uri);
  html = simulationReport(data, new Date(0));
});
afterAll(async () => {
  await plant?.close();
  await sandbox?.close();
  await store?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('what a test run has stored', () => {
  it('is missed where nothing ran, in one line that says what to do', () => {
    expect(refusal).toBeInstanceOf(NoDataError);
    expect((refusal as Error).message).toBe('There is no test run to analyze yet: run npm run simulate:test first');
  });

  it('is read job by job, every sample once and in order', () => {
    expect(data).toMatchObject({ samples: 3 * 36, stride: 1 });
    expect(data.records.map(({ jobType, status }) => [jobType, status])).toEqual([
      ['turning', 'Completed'],
      ['drilling', 'Completed'],
      ['turning', 'Completed'],
    ]);
    for (const { minute, channels } of data.records) {
      expect(minute).toHaveLength(36);
      expect(minute).toEqual([...minute].sort((a, b) => a - b));
      for (const name of CHANNEL_NAMES) expect(channels[name]).toHaveLength(36);
    }
  });

  it('is told apart into cut and air: without feed there is no cutting force', () => {
    const [turning] = data.records;
    const cutting = turning!.minute.map((_, i) => isCutting(turning!, i));
    expect(cutting).toContain(true);
    expect(cutting).toContain(false);
    expect(Math.min(...samplesOf([turning!], 'cuttingForce', true))).toBeGreaterThan(0);
    expect(new Set(samplesOf([turning!], 'cuttingForce', false))).toEqual(new Set([0]));
  });
});

describe('the figures of a group', () => {
  it('are sums and means of its jobs', () => {
    const [steel, brass] = groupFigures(data.records, ({ material }) => material);
    expect([steel!.name, steel!.jobs, brass!.name, brass!.jobs]).toEqual(['Alloy Steel 4140', 2, 'Brass', 1]);
    const [first, , third] = data.records;
    expect(steel!.energyWh).toBeCloseTo(first!.result.energyWh! + third!.result.energyWh!, 9);
    expect(steel!.samples).toBe(72);
    const torques = [first!, third!].flatMap((r) => r.channels.torque.filter((_, i) => r.channels.feedRate[i]! > 0));
    expect(steel!.torqueNm).toBeCloseTo(meanOf(torques), 9);
  });

  it('have a wear rate between those of steady wear and of the first break-in', () => {
    // 4140 at 0.8 of the speed for 15 min: T = 15 / 0.8^4 = 36.6 min; dVB/du is 0.17 mm when steady, 0.17 + 0.08/0.05 at first
    const [steel] = groupFigures(data.records, ({ material }) => material);
    expect(steel!.wearMmPerHour).toBeGreaterThan((60 * 0.17) / 36.6);
    expect(steel!.wearMmPerHour).toBeLessThan((60 * (0.17 + 0.08 / 0.05)) / 36.6);
  });

  it('count what is known', () => {
    expect(shareAbove([0.1, 0.6, Number.NaN, 0.9], 0.5)).toBeCloseTo(2 / 3, 12);
    expect(shareAbove([], 0.5)).toBeNaN();
  });
});

describe('the report', () => {
  it('is one well-formed page that fetches nothing and runs nothing', () => {
    expect(openTags(html)).toEqual([]);
    expect(html).not.toMatch(/<script|<link|@import|url\(|src=/i);
    const addresses = [...html.matchAll(/https?:[^"' <]+/g)].map(([address]) => address);
    expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg'])); // a name, nothing to fetch
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('shows every channel over time and as a distribution, with its unit', () => {
    for (const name of CHANNEL_NAMES) {
      expect(html).toContain(`aria-label="${channelName(name)} over time, one line for each job"`);
      expect(html).toContain(`aria-label="Distribution of ${channelName(name).toLowerCase()}"`);
    }
    expect(html).toContain('Spindle torque in N·m');
    expect(html).toContain('Failure probability (0 to 1)');
  });

  it('tells the correlation of torque with itself and with power', () => {
    expect(html).toContain('<title>Spindle torque, Spindle torque: 1.00</title>');
    expect(html).toMatch(/<title>Spindle torque, Spindle power: 0\.\d\d<\/title>/);
  });

  it('has a row for every job, material and job type', () => {
    for (const { jobId } of data.records) expect(html).toContain(`<td>${jobId}</td>`);
    for (const name of ['Alloy Steel 4140', 'Brass', 'turning', 'drilling']) {
      expect(html).toContain(`<th scope="row">${name}</th>`);
    }
  });

  it('draws wear against the limit and failure probability against wear', () => {
    expect(html).toContain('worn: 0.3 mm');
    expect(html).toContain('aria-label="Failure probability against flank wear"');
  });
});
