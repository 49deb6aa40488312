import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Bench, type Figures, median, quantile } from './bench.js';
import { cpuSeconds } from './cpu-time.js';
import { ask, besides, pause, startProduct } from './product.js';

const CLIENTS = 100;
const ROUNDS = 5;
const ROUND_MS = 5_000;
/** The quick one first: it brings the compiled code to temperature, which slow ticks alone would take many minutes to do. */
const RATES_HZ = [50, 10];

interface Report {
  frames: number;
  bytes: number;
  lost: number;
  latenciesMs: number[];
}

interface Round extends Report {
  cpuS: number;
}

async function round(clients: ChildProcess, pid: number, order: object): Promise<Round> {
  await ask(clients, { type: 'open', order });
  await pause(1_000);
  await ask(clients, { type: 'reset' });
  const before = cpuSeconds(pid);
  await pause(ROUND_MS);
  const cpuS = cpuSeconds(pid) - before;
  const report = await ask<Report>(clients, { type: 'report' });
  await ask(clients, { type: 'close' });
  await pause(500);
  return { ...report, cpuS };
}

/** CPU seconds per million frames that come on top of what the server does for a single client. */
const perMillion = (many: Round, one: Round) => ((many.cpuS - one.cpuS) / (many.frames - one.frames)) * 1e6;

function row(rounds: readonly Round[], cost: readonly number[]): Figures[string] {
  const latencies = rounds.flatMap((r) => r.latenciesMs);
  const frames = rounds.reduce((sum, r) => sum + r.frames, 0);
  return {
    'frames/s': Math.round(frames / ((rounds.length * ROUND_MS) / 1000)),
    'bytes/frame': Math.round(rounds.reduce((sum, r) => sum + r.bytes, 0) / frames),
    'CPU s per million frames': Number(median(cost).toFixed(2)),
    'frames missed': rounds.reduce((sum, r) => sum + r.lost, 0),
    'p50 ms': Number(quantile(latencies, 0.5).toFixed(1)),
    'p99 ms': Number(quantile(latencies, 0.99).toFixed(1)),
  };
}

/** The rounds of one server at one rate. */
class Series {
  readonly many: Round[] = [];
  readonly cost: number[] = [];

  constructor(
    readonly hz: number,
    private readonly clients: ChildProcess,
    private readonly pid: () => number,
    private readonly order: object,
  ) {}

  async measure(): Promise<void> {
    const before = await this.round(1);
    const many = await this.round(CLIENTS);
    const after = await this.round(1);
    this.many.push(many);
    this.cost.push(perMillion(many, { ...before, cpuS: (before.cpuS + after.cpuS) / 2 }));
  }

  private round(clients: number): Promise<Round> {
    return round(this.clients, this.pid(), { ...this.order, hz: this.hz, clients });
  }
}

async function startPeer(bytes: number, hz: number) {
  const peer = fork(besides('./bare-broadcast.js'), [String(bytes), String(hz)]);
  const [{ port }] = (await once(peer, 'message')) as [{ port: number }];
  return { peer, url: `ws://127.0.0.1:${port}` };
}

export const streamBench: Bench = {
  about: `${CLIENTS} clients on the whole product, against a bare ws broadcast of the same bytes in the same run`,
  async run(say) {
    const product = await startProduct({ TICK_HZ: String(Math.max(...RATES_HZ)) });
    const clients = fork(besides('./stream-clients.js'));
    const cookie = await product.signIn();
    const stream = { url: `${product.url.replace('http', 'ws')}/stream`, cookie, acknowledge: true };
    const probe = await round(clients, product.pidOf('--role=api'), { ...stream, hz: 10, clients: CLIENTS }); // also warms the gateway up
    const bytes = Math.round(probe.bytes / probe.frames);
    const figures: Figures = {};
    const peers: ChildProcess[] = [];
    try {
      for (const hz of RATES_HZ) {
        const { peer, url } = await startPeer(bytes, hz);
        peers.push(peer);
        const gateway = new Series(hz, clients, () => product.pidOf('--role=api'), stream);
        const bare = new Series(hz, clients, () => peer.pid ?? 0, { url, acknowledge: false });
        for (let n = 1; n <= ROUNDS; n++) {
          await gateway.measure();
          await bare.measure();
          say(
            `${hz} Hz, round ${n} of ${ROUNDS}: ${gateway.cost.at(-1)?.toFixed(1)} / ${bare.cost.at(-1)?.toFixed(1)} CPU s`,
          );
        }
        peer.disconnect();
        const ratios = gateway.cost.map((cost, i) => cost / (bare.cost[i] ?? Number.NaN));
        figures[`gateway, ${hz} Hz`] = row(gateway.many, gateway.cost);
        figures[`bare ws, ${hz} Hz`] = row(bare.many, bare.cost);
        figures[`ratio, ${hz} Hz`] = { 'CPU s per million frames': Number(median(ratios).toFixed(2)) };
      }
    } finally {
      clients.disconnect();
      for (const peer of peers) if (peer.connected) peer.disconnect();
      await product.stop();
    }
    return figures;
  },
};
