import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DEFAULT_THRESHOLDS } from '#domain/alarms/default-thresholds.js';
import { evaluateRules } from '#domain/alarms/evaluate.js';
import { Expectation } from '#domain/alarms/expectation.js';
import { newMemory } from '#domain/alarms/rule-memory.js';
import { compileRules } from '#domain/alarms/rules.js';
import type { AlarmKpiDto, FloodNowDto } from '#domain/contract/alarm-kpi.js';
import { writeChannels } from '#domain/machining/channels.js';
import { createMachineState } from '#domain/machining/machine-state.js';
import { planJob } from '#domain/machining/plan.js';
import { beginJob, step } from '#domain/machining/step.js';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { type Bench, type Figures, quantile } from './bench.js';
import { ask, besides, type Product, pause, startProduct } from './product.js';

const LATHES = 1000;
const HZ = 10;
const RULES = 12;
const MEASURED_S = 20;
const PLANT_LATHES = 20;
const CLIENTS = 100;
const LATENCY_MS = 30_000;
const FLOOD_ALARMS = 5000;
const FLOOD_MS = 60_000;
/** A session may send 600 requests a minute. */
const FLOOD_SESSIONS = 12;

type Say = (line: string) => void;
interface Report {
  alertLatenciesMs: number[];
}

/** Two minutes of an ordinary job, tick by tick. */
function recordedTicks(): Float32Array[] {
  const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1 });
  const machine = createMachineState(1);
  beginJob(machine, plan, { seed: 1, estimatedMinutes: 60 });
  return Array.from({ length: 120 * HZ }, () => {
    step(machine, 1 / HZ);
    const channels = new Float32Array(CHANNEL_COUNT);
    writeChannels(machine, channels);
    return channels;
  });
}

/** CPU time of the rules alone, each lathe at another place of the same job. */
function evaluation(): Figures[string] {
  const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1 });
  const ticks = recordedTicks();
  const own = DEFAULT_THRESHOLDS.filter(({ type }) => type !== 'OFFLINE' && type !== 'JOB_OVERRUN');
  const rules = compileRules(Array.from({ length: RULES }, (_, i) => own[Math.floor((i * own.length) / RULES)]!));
  const lathes = Array.from({ length: LATHES }, () => ({
    memory: newMemory(rules),
    expectation: new Expectation(plan),
  }));
  const run = (fromTick: number, count: number): number => {
    let changes = 0;
    for (let tick = fromTick; tick < fromTick + count; tick++) {
      const atMs = tick * (1000 / HZ);
      for (const [i, { memory, expectation }] of lathes.entries()) {
        const channels = ticks[(tick + i) % ticks.length]!;
        expectation.observe(atMs, channels);
        changes += evaluateRules(rules, memory, atMs, channels, expectation).length;
      }
    }
    return changes;
  };
  run(0, 5 * HZ);
  const before = process.cpuUsage();
  const changes = run(5 * HZ, MEASURED_S * HZ);
  const { user, system } = process.cpuUsage(before);
  const cpuS = (user + system) / 1e6;
  return {
    '% of a core': Number(((100 * cpuS) / MEASURED_S).toFixed(2)),
    'target %': 10,
    'ns per rule': Math.round((cpuS * 1e9) / (LATHES * RULES * HZ * MEASURED_S)),
    changes,
  };
}

const USERS = [
  ['Yash', 'op123'],
  ['Raj', 'op123'],
  ['Jay', 'op123'],
] as const;

const send = (product: Product, cookie: string, method: string, path: string, body: object) =>
  fetch(product.url + path, {
    method,
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });

/** Every lathe cuts, and each entry into the work and exit from it is an alarm. */
async function startWork(product: Product, manager: string, operator: string): Promise<void> {
  const limit = {
    channel: 'torque',
    type: 'HIGH_TORQUE',
    priority: 3,
    high: 8,
    deadband: 1,
    onDelayS: 0,
    offDelayS: 0,
  };
  for (let n = 1; n <= PLANT_LATHES; n++) {
    const latheId = `lathe-${n}`;
    await send(product, manager, 'PUT', `/api/thresholds/${latheId}`, [limit]);
    const job = { jobType: 'turning', material: 'Mild Steel', toolNo: 1, estimatedTime: 200, timeScale: 4 };
    await send(product, operator, 'POST', '/api/jobs', { latheId, ...job });
    await pause(150); // so that they do not all cut in step
  }
}

async function latency(product: Product, say: Say): Promise<Figures[string]> {
  const manager = await product.signIn();
  const operator = await product.signIn(...USERS[0]);
  await startWork(product, manager, operator);
  const clients = fork(besides('./stream-clients.js'));
  const url = `${product.url.replace('http', 'ws')}/stream`;
  await ask(clients, { type: 'open', order: { url, cookie: manager, acknowledge: true, clients: CLIENTS, hz: HZ } });
  await pause(5000);
  await ask(clients, { type: 'reset' });
  await pause(LATENCY_MS);
  const { alertLatenciesMs } = await ask<Report>(clients, { type: 'report' });
  clients.disconnect();
  say(`${alertLatenciesMs.length / CLIENTS} transitions of ${PLANT_LATHES} lathes in ${LATENCY_MS / 1000} s`);
  return {
    'p50 ms': Math.round(quantile(alertLatenciesMs, 0.5)),
    'p99 ms': Math.round(quantile(alertLatenciesMs, 0.99)),
    'target ms': 300,
    'transitions/s': Number((alertLatenciesMs.length / CLIENTS / (LATENCY_MS / 1000)).toFixed(1)),
  };
}

/** The lathes rest, so that all alarms are those of the flood. */
async function stopWork(product: Product): Promise<void> {
  const manager = await product.signIn();
  const running = await fetch(`${product.url}/api/jobs?status=In%20Progress&limit=100`, {
    headers: { cookie: manager },
  });
  const { items } = (await running.json()) as { items: { JobID: string }[] };
  for (const { JobID } of items) await send(product, manager, 'POST', `/api/jobs/${JobID}/stop`, {});
  await pause(3000);
}

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Alarms raised over HTTP as fast as the time allows, each of them counted again in the store and at a browser. */
async function flood(product: Product, say: Say): Promise<Figures[string]> {
  const cookies: string[] = [];
  for (let i = 0; i < FLOOD_SESSIONS; i++) cookies.push(await product.signIn(...USERS[i % USERS.length]!));
  const from = new Date().toISOString();
  const clients = fork(besides('./stream-clients.js'));
  const url = `${product.url.replace('http', 'ws')}/stream`;
  await ask(clients, { type: 'open', order: { url, cookie: cookies[0], acknowledge: true, clients: 1, hz: 1 } });
  const pid = product.pidOf('--role=api');
  const before = residentMb(pid);
  const beganMs = Date.now();
  let [refused, most] = [0, before];
  await Promise.all(
    cookies.map(async (cookie, session) => {
      for (let i = session; i < FLOOD_ALARMS; i += FLOOD_SESSIONS) {
        const dueMs = beganMs + (i / FLOOD_ALARMS) * FLOOD_MS;
        if (dueMs > Date.now()) await pause(dueMs - Date.now());
        const body = { latheId: `lathe-${1 + (i % PLANT_LATHES)}`, message: `Flood ${i}`, severity: 'info' };
        if ((await send(product, cookie, 'POST', '/api/alerts', body)).status !== 201) refused++;
        if (i % 250 === 0) most = Math.max(most, residentMb(pid));
      }
    }),
  );
  const tookS = (Date.now() - beganMs) / 1000;
  await pause(2000);
  const told = (await ask<Report>(clients, { type: 'report' })).alertLatenciesMs;
  clients.disconnect();
  const read = (path: string) =>
    fetch(product.url + path, { headers: { cookie: cookies[0]! } }).then((answer) => answer.json());
  const kpi = (await read(`/api/alerts/kpi?from=${from}`)) as AlarmKpiDto;
  const now = (await read('/api/alerts/flood')) as FloodNowDto;
  say(`flood ${now.active ? 'seen' : 'not seen'}, ${now.last10Min} alarms in 10 min`);
  return {
    s: Number(tookS.toFixed(1)),
    refused,
    'alarms stored': kpi.total,
    'alarms told': told.length,
    'told p99 ms': Math.round(quantile(told, 0.99)),
    'api MB before': Math.round(before),
    'api MB at most': Math.round(most),
    'api MB after': Math.round(residentMb(pid)),
  };
}

export const alarmsBench: Bench = {
  about: `rules of ${LATHES} lathes; from the tick to ${CLIENTS} clients; a flood of ${FLOOD_ALARMS} alarms in ${FLOOD_MS / 1000} s`,
  async run(say) {
    const figures: Figures = { [`${LATHES} lathes x ${RULES} rules at ${HZ} Hz`]: evaluation() };
    const product = await startProduct({ TICK_HZ: String(HZ), FLEET_SIZE: String(PLANT_LATHES) });
    try {
      await product.seedUsers();
      figures['tick to browser'] = await latency(product, say);
      await stopWork(product);
      figures[`flood of ${FLOOD_ALARMS}`] = await flood(product, say);
    } finally {
      await product.stop();
    }
    return figures;
  },
};
