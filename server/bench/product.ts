import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Path of a file of this folder. */
export const besides = (file: string) => fileURLToPath(new URL(file, import.meta.url));
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends a message to a child process and waits for its next answer. */
export async function ask<T>(child: ChildProcess, message: object): Promise<T> {
  const answer = once(child, 'message') as Promise<[T]>;
  child.send(message);
  return (await answer)[0];
}

export interface Product {
  url: string;
  /** folder of its engines' files */
  dataDir: string;
  /** @returns the cookie header; the account of the bench where none is named */
  signIn(userID?: string, password?: string): Promise<string>;
  /** Creates the five test users, whose passwords are known. */
  seedUsers(): Promise<void>;
  /** Runs an npm command of the product on its engines. @throws where it fails */
  run(command: string, ...args: string[]): Promise<void>;
  /** Process id of the child, grandchild … of the launcher whose command line has the word. */
  pidOf(word: string): number;
  stop(): Promise<void>;
}

const ACCOUNT = { userID: 'bench', password: 'before-the-bench' };
const NEW_PASSWORD = 'for-the-bench';

/** The whole product on engines of its own, in a folder that is thrown away; its lathes rest, so that little else runs. */
export async function startProduct(settings: Record<string, string>): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'byte-astra-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const admin = { ADMIN_USER: ACCOUNT.userID, ADMIN_PASSWORD: ACCOUNT.password };
  const env = { ...process.env, PORT: String(port), ...admin, DATA_DIR: dataDir, ...settings };
  const launcher = spawn(process.execPath, ['scripts/start.mjs', '--no-demo'], { env, stdio: 'ignore' });
  await untilReady(url);
  const login = (account: object) => cookieOf(url, '/login', account);
  const passwords = { currentPassword: ACCOUNT.password, newPassword: NEW_PASSWORD };
  const cookie = await cookieOf(url, '/api/me/password', passwords, await login(ACCOUNT));
  const run = async (command: string, ...args: string[]): Promise<void> => {
    const child = spawn(process.execPath, ['scripts/run.mjs', command, ...args], { env, stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`npm run ${command} ended with ${code}`);
  };
  return {
    url,
    signIn: async (userID, password) => (userID ? login({ userID, password }) : cookie),
    dataDir: env.DATA_DIR,
    seedUsers: () => run('seed:users'),
    run,
    pidOf: (word) => childWith(launcher.pid ?? 0, word),
    stop: async () => {
      const ended = once(launcher, 'exit');
      launcher.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await pause(500);
  }
}

async function cookieOf(url: string, path: string, body: object, cookie = ''): Promise<string> {
  const headers = { 'content-type': 'application/json', cookie };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

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
