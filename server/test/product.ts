import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const START_MS = 120_000;
const STOP_MS = 25_000;
const POLL_MS = 50;

/** What Jest and the engines of other specs leave in the environment. */
const RUNNER_VARIABLES = ['NODE_ENV', 'NODE_OPTIONS', 'JEST_WORKER_ID', 'MONGO_URI', 'REDIS_URL'];

/** What a child process of the plant is called in its command line. */
const MARKS = {
  api: '--role=api',
  worker: '--role=worker',
  recorder: '--role=recorder',
  store: 'embedded-store',
  redis: 'redis-server',
} as const;

export type Part = keyof typeof MARKS | 'launcher' | 'guard';

/** A plant as `npm start` runs it, on a port and (unless told otherwise) a data folder of its own. */
export interface Product {
  url: string;
  dataDir: string;
  /** Living processes of one part. */
  pids(part: Part): number[];
  /** Sends a signal to every process of a part. @returns the pids it went to */
  kill(part: Part, signal?: NodeJS.Signals): number[];
  /** Waits until a part runs as a process that is not one of `except`. */
  untilBack(part: Part, except: number[]): Promise<number[]>;
  /** Waits until /readyz answers 200. @throws after `limitMs` */
  untilReady(limitMs?: number): Promise<void>;
  /** Everything the launcher has printed. */
  logs(): string;
  /** Ends the plant as Ctrl-C would and removes a data folder made here. @returns the launcher's exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ProductOptions {
  env?: Record<string, string>;
  args?: string[];
  /** Kept afterwards when given; else a temporary one. */
  dataDir?: string;
}

/**
 * Really starts the product and waits until it is ready.
 * @throws with all that was printed if it ends or takes longer than two minutes
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'byte-astra-plant-'));
  const port = await freePort();
  const launcher = spawnLauncher({ PORT: String(port), DATA_DIR: dataDir, ...options.env }, options.args);
  const url = `http://127.0.0.1:${port}`;
  const { child, ended } = launcher;

  const pids = (part: Part) => processesOf(child.pid ?? 0, part);
  const product: Product = {
    url,
    dataDir,
    pids,
    kill(part, signal = 'SIGKILL') {
      const targets = pids(part);
      for (const pid of targets) process.kill(pid, signal);
      return targets;
    },
    untilBack: (part, except) =>
      until(`${part} is back`, 15_000, () => {
        const fresh = pids(part).filter((pid) => !except.includes(pid));
        return fresh.length > 0 ? fresh : undefined;
      }),
    async untilReady(limitMs = 15_000) {
      await until('the plant is ready', limitMs, async () => (await isReady(url)) || undefined);
    },
    logs: launcher.output,
    async stop(signal = 'SIGINT') {
      child.kill(signal);
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      const code = await ended;
      clearTimeout(force);
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };

  try {
    await Promise.race([
      until('the plant is ready', START_MS, () => (launcher.output().includes('is ready at') ? true : undefined)),
      ended.then((code) => Promise.reject(new Error(`the launcher ended with exit code ${code}`))),
    ]);
  } catch (error) {
    await product.stop();
    throw new Error(`${(error as Error).message}\n${launcher.output()}`);
  }
  return product;
}

/** Runs `npm start`'s script, or another one, with an environment that knows nothing of the test runner. */
export function spawnLauncher(env: Record<string, string>, args: string[] = [], script = 'scripts/start.mjs') {
  const inherited = { ...process.env };
  for (const name of RUNNER_VARIABLES) delete inherited[name];
  const child: ChildProcess = spawn(process.execPath, [script, ...args], {
    env: { ...inherited, npm_lifecycle_event: 'start', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-100_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, output: () => output };
}

/** Debian's Chromium with WebGL in software, without a network. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? programOnPath('chromium', 'chromium-browser', 'google-chrome'),
    args: [
      '--headless=new',
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--mute-audio',
    ],
  });
}

/** Asks `question` again and again until it answers something other than undefined. @throws after `limitMs` */
export async function until<T>(what: string, limitMs: number, question: () => T | undefined | Promise<T | undefined>) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs / 1000} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.status === 200,
    () => false,
  );
}

function processesOf(launcher: number, part: Part): number[] {
  if (part === 'launcher') return isAlive(launcher) ? [launcher] : [];
  const mark = part === 'guard' ? 'guard.sh' : MARKS[part];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === launcher && commandOf(pid).includes(mark));
}

/** Whether a process runs; one that is dead and only not yet collected does not. */
export function isAlive(pid: number): boolean {
  return statOf(pid)?.state !== undefined && statOf(pid)?.state !== 'Z';
}

const parentOf = (pid: number) => statOf(pid)?.parent;

function statOf(pid: number): { state: string | undefined; parent: number } | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  if (!stat) return undefined;
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state, parent: Number(parent) };
}

const commandOf = (pid: number) => readProc(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function programOnPath(...names: string[]): string {
  const folders = (process.env['PATH'] ?? '').split(':');
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (!found) throw new Error(`none of ${names.join(', ')} is on PATH`);
  return found;
}
