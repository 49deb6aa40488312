import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FieldError } from '#domain/contract/errors.js';
import { createMachineState, snapshotMachine } from '#domain/machining/machine-state.js';
import { type Answer, type Caller, callerFor, signIn } from '../../test/client.js';
import { freePort, until } from '../../test/product.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { CheckpointStore } from '../simulation/checkpoint-store.js';

let shop: Shop;
let jobId: string;
/** The accelerated run has a thread of its own, which the built product alone can open. */
let api: ChildProcess;
let built: Caller;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '2' });
  const { status, body } = await shop.operator('POST', '/api/jobs', simpleJob('lathe-2'));
  expect(status).toBe(201);
  jobId = body.JobID;
  const PORT = String(await freePort());
  const { NODE_OPTIONS: _, ...env } = process.env;
  api = spawn(process.execPath, ['dist/server/src/main.js', '--role=api'], {
    env: { ...env, PORT, LOG_LEVEL: 'error' },
    stdio: 'inherit',
  });
  const url = `http://127.0.0.1:${PORT}`;
  await until('the built API answers', 30_000, () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    ),
  );
  built = callerFor(url, await signIn(url, 'Yash'));
}, 60_000);
afterAll(async () => {
  const gone = once(api, 'exit');
  api.kill('SIGTERM');
  await gone;
  await shop?.close();
});

const cut = { jobType: 'turning', material: 'Mild Steel', toolNo: 1 };
/** Good bodies of every address that takes numbers. */
const ADDRESSES: Record<string, { path: () => string; body: Record<string, unknown> }> = {
  calculate: { path: () => '/api/machining/calculate', body: cut },
  simulate: { path: () => '/api/machining/simulate', body: { ...cut, minutes: 0.1 } },
  jobs: { path: () => '/api/jobs', body: { ...cut, latheId: 'lathe-1', estimatedTime: 5 } },
  faults: { path: () => `/api/jobs/${jobId}/faults`, body: { type: 'chatter', severity: 0.5 } },
};
const CUTS = ['calculate', 'simulate', 'jobs'] as const;

const send = (address: string, change: object): Promise<Answer> => {
  const { path, body } = ADDRESSES[address]!;
  const call = address === 'simulate' ? built : shop.operator;
  return call('POST', path(), { ...body, ...change });
};

function expectRefusal(answer: Answer, code: string, path: string, named: readonly string[]): void {
  const errors: FieldError[] = answer.body.errors;
  expect([answer.status, answer.body.code, errors?.map((each) => [each.path, each.code])]).toEqual([
    422,
    code,
    expect.arrayContaining([[path, code]]),
  ]);
  const { message } = errors.find((each) => each.path === path)!;
  for (const word of named) expect(message).toContain(word);
}

type Row = [change: object, code: string, path: string, ...named: string[]];
const parameters = (values: object) => ({ parameters: values });
const work = (jobType: string, toolNo: number, values: object = {}) => ({ jobType, toolNo, ...parameters(values) });
const custom = (figures: object) => ({ material: 'Custom', customMaterial: figures });

/** One row or more of every kind, for every address that describes a cut. */
const OF_A_CUT: Row[] = [
  [parameters({ feed: 'fast' }), 'not_a_number', 'parameters.feed', '"fast"', '0.005 to 3 mm/rev'],
  [parameters({ feed: 'NaN' }), 'not_a_number', 'parameters.feed', '"NaN"'],
  [parameters({ feed: '0.2' }), 'not_a_number', 'parameters.feed', '"0.2"'],
  [parameters({ rpm: null }), 'not_a_number', 'parameters.rpm', 'null', '1 to 4000 1/min'],
  [parameters({ cuttingSpeed: [] }), 'not_a_number', 'parameters.cuttingSpeed', '0.5 to 2000 m/min'],
  [parameters({ rpm: 4001 }), 'out_of_range', 'parameters.rpm', '4001', '1 to 4000 1/min'],
  [parameters({ cuttingSpeed: 0.4 }), 'out_of_range', 'parameters.cuttingSpeed', '0.4', '0.5 to 2000 m/min'],
  [parameters({ mode: 'css', cuttingSpeed: 200 }), 'missing_max_rpm', 'parameters.maxRpm', '1 to 4000 1/min'],
  [parameters({ mode: 'css', maxRpm: 0 }), 'out_of_range', 'parameters.maxRpm', '0 1/min'],
  [parameters({ feed: 3.1 }), 'out_of_range', 'parameters.feed', '3.1 mm/rev', '0.005 to 3 mm/rev'],
  [parameters({ depthOfCut: 10.1 }), 'out_of_range', 'parameters.depthOfCut', '0.01 to 10 mm'],
  [parameters({ flankWear: 0.61 }), 'out_of_range', 'parameters.flankWear', '0 to 0.6 mm'],
  [parameters({ diameter: 331 }), 'bad_geometry', 'parameters.diameter', '331 mm', '1 to 330 mm'],
  [parameters({ length: 571 }), 'bad_geometry', 'parameters.length', '1 to 570 mm'],
  [parameters({ diameter: 40, endDiameter: 41 }), 'bad_geometry', 'parameters.endDiameter', '41 mm', '1 to 40 mm'],
  [work('boring', 4, { diameter: 20 }), 'bad_geometry', 'parameters.barDiameter', '25 mm', '1 to 20 mm'],
  [work('boring', 4, { barOverhang: 300 }), 'bad_geometry', 'parameters.barOverhang', '1 to 250 mm'],
  [work('drilling', 7, { drillDiameter: 41 }), 'bad_geometry', 'parameters.drillDiameter', '0.5 to 40 mm'],
  [work('threading', 5, { pitch: 0.1 }), 'bad_geometry', 'parameters.pitch', '0.2 to 6 mm'],
  [work('threading', 5, { passes: 41 }), 'bad_geometry', 'parameters.passes', '2 to 40'],
  [work('threading', 5, { pitch: 6, diameter: 7 }), 'bad_geometry', 'parameters.pitch', '6 mm'],
  [work('threading', 5, { rpm: 4000, pitch: 2.6 }), 'machine_limit', 'parameters.pitch', '10000 mm/min'],
  [{ toolNo: 11 }, 'tool_unknown', 'toolNo', '11'],
  [{ toolNo: 5 }, 'tool_mismatch', 'toolNo'],
  [{ toolNo: 'T1' }, 'not_a_number', 'toolNo', '"T1"'],
  [{ material: 'Cheese' }, 'material_unknown', 'material', 'Cheese'],
  [custom({ kc1: 4, mc: 0.2 }), 'out_of_range', 'customMaterial.kc1', '5 to 6000 N/mm²'],
  [custom({ kc1: 1500, mc: 0.6 }), 'out_of_range', 'customMaterial.mc', '0 to 0.5'],
  [custom({ hardness: 0 }), 'out_of_range', 'customMaterial.hardness', '1 to 700 HB'],
  [custom({ hardness: '200' }), 'not_a_number', 'customMaterial.hardness', '1 to 700 HB'],
  [{ ...work('knurling', 8), material: 'Wood' }, 'not_formable', 'material'],
  [{ ...work('knurling', 8), material: 'Cast Iron' }, 'not_formable', 'material'],
  [{ jobType: 'milling' }, 'job_type_unknown', 'jobType', '"milling"', 'turning'],
];

const BY_ADDRESS: [address: string, ...Row][] = [
  ['simulate', { airTemperature: 252 }, 'out_of_range', 'airTemperature', '252', '253 to 323 K'],
  ['simulate', { airTemperature: '300' }, 'not_a_number', 'airTemperature', '"300"', '253 to 323 K'],
  ['simulate', { dt: 0.001 }, 'out_of_range', 'dt', '0.001', '0.01 to 10 s'],
  ['simulate', { dt: 'NaN' }, 'not_a_number', 'dt', '"NaN"', '0.01 to 10 s'],
  ['simulate', { seed: 4_294_967_296 }, 'out_of_range', 'seed', '0 to 4294967295'],
  ['simulate', { seed: 1.5 }, 'out_of_range', 'seed', '1.5', 'whole'],
  ['simulate', { minutes: 1441 }, 'out_of_range', 'minutes', '1441', 'above 0 to 1440 min'],
  ['simulate', { minutes: null }, 'not_a_number', 'minutes', 'null', '1440 min'],
  ['simulate', { tool: { rakeAngle: 'steep' } }, 'not_a_number', 'tool.rakeAngle', '-45 to 45 °'],
  [
    'simulate',
    { faults: [{ type: 'rust', severity: 1, atMinute: 0 }] },
    'fault_unknown',
    'faults.0.type',
    '"rust"',
    'chatter',
  ],
  [
    'simulate',
    { faults: [{ type: 'chatter', severity: 2, atMinute: 0 }] },
    'out_of_range',
    'faults.0.severity',
    '0 to 1',
  ],
  [
    'simulate',
    { faults: [{ type: 'chatter', severity: 1, atMinute: -1 }] },
    'out_of_range',
    'faults.0.atMinute',
    '0 to 1440 min',
  ],
  [
    'simulate',
    { faults: [{ type: 'sensorStuck', severity: 1, atMinute: 0, channel: 'smell' }] },
    'out_of_range',
    'faults.0.channel',
    'smell',
  ],
  ['jobs', { estimatedTime: 'long' }, 'not_a_number', 'estimatedTime', '"long"', 'above 0 to 100000 min'],
  ['jobs', { estimatedTime: 0 }, 'out_of_range', 'estimatedTime', 'above 0 to 100000 min'],
  ['jobs', { timeScale: 101 }, 'out_of_range', 'timeScale', '101', '1 to 100'],
  ['jobs', { seed: -1 }, 'out_of_range', 'seed', '0 to 4294967295'],
  ['faults', { type: 'gremlins' }, 'fault_unknown', 'type', '"gremlins"', 'toolBreakage'],
  ['faults', { severity: 1.01 }, 'out_of_range', 'severity', '1.01', '0 to 1'],
  ['faults', { severity: 'NaN' }, 'not_a_number', 'severity', '"NaN"', '0 to 1'],
  ['faults', { severity: null }, 'not_a_number', 'severity', 'null'],
  ['faults', { type: 'sensorDrift', channel: 'mood' }, 'out_of_range', 'channel', 'mood', 'vibration'],
  ['faults', { afterMinutes: -1 }, 'out_of_range', 'afterMinutes', '-1', '0 to 100000 min'],
  ['faults', { rampMinutes: 'slow' }, 'not_a_number', 'rampMinutes', '0 to 100000 min'],
  ['faults', { forMinutes: 0 }, 'out_of_range', 'forMinutes', 'above 0 to 100000 min'],
  ['faults', { forMinutes: 1e-9 }, 'out_of_range', 'forMinutes', '1e-9'],
];

describe('what is out of its range', () => {
  it.each(CUTS)('is refused by %s with code, field, value and range', async (address) => {
    for (const [change, code, path, ...named] of OF_A_CUT) {
      expectRefusal(await send(address, change), code, path, named);
    }
  });

  it.each(BY_ADDRESS)('is refused by %s: %j, %s', async (address, change, code, path, ...named) => {
    expectRefusal(await send(address, change), code, path, named);
  });

  it('is refused where a number has more digits than a number can have', async () => {
    const { path, body } = ADDRESSES['calculate']!;
    const text = JSON.stringify({ ...body, parameters: { feed: 0 } }).replace('"feed":0', '"feed":1e999');
    expectRefusal(await shop.operator('POST', path(), text), 'not_a_number', 'parameters.feed', ['Infinity']);
  });

  it('is refused for a tool that is broken in this very lathe', async () => {
    const machine = createMachineState(1);
    machine.tools[0]!.broken = true;
    const idle = {
      ...{ jobId: null, ended: null, atMs: Date.now(), t0Ms: 0, periodMs: 100, tick: 0, sampleNumber: 0 },
      ...{ samplesBefore: 0, commandId: '0-0', alarms: null, proposals: [], machine: snapshotMachine(machine) },
    };
    await shop.app.get(CheckpointStore, { strict: false }).replaceIdle('lathe-1', null, idle);
    expectRefusal(await send('jobs', {}), 'tool_broken', 'toolNo', ['broken']);
    const other = await send('jobs', { toolNo: 2, queue: true });
    expect([other.status, other.body.code]).toEqual([201, undefined]);
  });
});

describe('what is only doubtful', () => {
  const WARNED: [change: object, code: string, field: string][] = [
    [parameters({ feed: 0.6 }), 'w_tool_range', 'parameters.feed'],
    [parameters({ feed: 0.9, rpm: 500 }), 'w_finish_invalid', 'parameters.feed'],
    [parameters({ diameter: 200, depthOfCut: 8, feed: 1 }), 'w_overload', 'parameters.depthOfCut'],
    [parameters({ cuttingSpeed: 30 }), 'w_extrapolated', 'parameters.cuttingSpeed'],
    [{ material: 'Wood', toolNo: 3, ...parameters({ coolant: 'flood' }) }, 'w_material', 'parameters.coolant'],
    [{ ...work('threading', 5), material: 'Wood' }, 'w_material', 'material'],
    [custom({ hardness: 400 }), 'w_extrapolated', 'material'],
  ];

  it.each(['calculate', 'simulate'])('is said by %s with code and field', async (address) => {
    for (const [change, code, field] of WARNED) {
      const { status, body } = await send(address, change);
      expect([status, body.warnings]).toEqual([
        200,
        expect.arrayContaining([expect.objectContaining({ code, field })]),
      ]);
    }
  });

  it('is stored with the job and does not stop it', async () => {
    for (const [change, code, field] of WARNED) {
      const created = await send('jobs', { latheId: 'lathe-2', queue: true, ...change });
      expect([created.status, code]).toEqual([201, code]);
      const { body } = await shop.operator('GET', `/api/jobs/${created.body.JobID}`);
      expect(body.warnings).toContainEqual({ code, field, message: expect.any(String) });
    }
  });
});
