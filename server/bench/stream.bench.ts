import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, type Figures, median, quantile } from './bench.js';
import { cpuSeconds } from './cpu-time.js';

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

const besides = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function ask<T>(child: ChildProcess, message: object): Promise<T> {
  const answer = once(child, 'message') as Promise<[T]>;
  child.send(message);
  return (await answer)[0];
}

/** The whole product on engines of its own, in a folder that is thrown away; its lathes rest, so that little else runs. */
async function startProduct() {
  const dataDir = mkdtempSync(join(tmpdir(), 'byte-astra-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const account = { userID: 'bench', password: 'before-the-bench' };
  const settings = { PORT: String(port), DATA_DIR: dataDir, TICK_HZ: String(Math.max(...RATES_HZ)) };
  const admin = { ADMIN_USER: account.userID, ADMIN_PASSWORD: account.password };
  const env = { ...process.env, ...settings, ...admin };
  const launcher = spawn(process.execPath, ['scripts/start.mjs', '--no-demo'], { env, stdio: 'ignore' });
  for (let tries = 0; tries < 240; tries++) {
    if (
      await fetch(`${url}/readyz`).then(
        (r) => r.ok,
        () => false,
      )
    )
      break;
    await pause(500);
  }
  const stop = async () => {
    const ended = once(launcher, 'exit');
    launcher.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const post = (path: string, body: object, cookie = '') =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    }).then((answer) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  const first = await post('/login', account);
  const passwords = { currentPassword: account.password, newPassword: 'for-the-bench' };
  const cookie = await post('/api/me/password', passwords, first);
  return { url, cookie, stop, apiPid: childWith(launcher.pid ?? 0, '--role=api') };
}

/** The child, grandchild … of a process whose command line has the word. */
function childWith(ancestor: number, word: string): number {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      if (parent === ancestor && command.includes(word)) return Number(name);
    } catch {
      // the process has ended meanwhile
    }
  }
  throw new Error(`no process ${word}`);
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
    const product = await startProduct();
    const clients = fork(besides('./stream-clients.js'));
    const stream = { url: `${product.url.replace('http', 'ws')}/stream`, cookie: product.cookie, acknowledge: true };
    const probe = await round(clients, product.apiPid, { ...stream, hz: 10, clients: CLIENTS }); // also warms the gateway up
    const bytes = Math.round(probe.bytes / probe.frames);
    const figures: Figures = {};
    const peers: ChildProcess[] = [];
    try {
      for (const hz of RATES_HZ) {
        const { peer, url } = await startPeer(bytes, hz);
        peers.push(peer);
        const gateway = new Series(hz, clients, () => product.apiPid, stream);
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
