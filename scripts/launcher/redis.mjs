import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findRedis } from '../setup/programs.mjs';
import { SetupError } from '../setup/report.mjs';

/** Longest path that fits every system's socket address. */
const LONGEST_SOCKET_PATH = 100;

/**
 * A private Redis (or Valkey) with its files in `folder`: loopback only, behind a password of its own, every
 * acknowledged write on disk. The address stays the same however often `launch` is called.
 * @returns `{ url, launch(): ChildProcess, ready(): Promise<void> }`
 */
export async function privateRedis(folder, port) {
  const program = findRedis();
  if (!program) throw new SetupError('Redis is missing');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  const socket = join(folder, 'redis.sock');
  const hasSocket = Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH && !/[?#"\s]/.test(socket);
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    ...(hasSocket ? [`unixsocket "${socket}"`, 'unixsocketperm 700'] : []),
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    'daemonize no',
    'save ""',
    'appendonly yes',
    'appendfsync always',
    'auto-aof-rewrite-percentage 100',
    'auto-aof-rewrite-min-size 64mb',
    'maxmemory-policy noeviction',
  ].join('\n');
  return {
    url: hasSocket ? `${socket}?password=${password}` : `redis://:${password}@127.0.0.1:${port}`,
    launch() {
      // The configuration goes in by its input, so that the password stands in no process list and no file.
      const child = spawn(program, ['-'], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
      child.stdin.on('error', () => {}); // it died before reading: its exit tells
      child.stdin.end(`${settings}\n`);
      return child;
    },
    ready: () => untilAnswered(port, password),
  };
}

/** Resolves when Redis has loaded its file and answers. */
async function untilAnswered(port, password) {
  while (!(await ping(port, password))) await new Promise((resolve) => setTimeout(resolve, 50));
}

function ping(port, password) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    let answer = '';
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk;
      if (answer.split('\r\n').length > 2) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer.includes('+PONG')));
  });
}
