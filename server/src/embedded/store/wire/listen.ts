import { createHash } from 'node:crypto';
import { chmodSync, realpathSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another server has this data folder. */
export class FolderInUseError extends Error {}

type Serve = (socket: Socket) => void;

/** Longest path that fits into a socket address everywhere. */
const LONGEST_SOCKET_PATH = 100;

/** The socket that belongs to a data folder; undefined where the path is too long or the system has no such sockets. */
export function socketPathIn(directory: string): string | undefined {
  const path = join(directory, 'store.sock');
  return process.platform === 'win32' || Buffer.byteLength(path) > LONGEST_SOCKET_PATH ? undefined : path;
}

/** A socket that only marks the folder as taken, where the folder's own path is too long for one. */
export function lockPathFor(directory: string): string {
  const digest = createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 24);
  return process.platform === 'win32'
    ? `\\\\?\\pipe\\embedded-store-${digest}`
    : join(tmpdir(), `embedded-store-${digest}.sock`);
}

/**
 * Listens on a socket file that only its owner can reach. A file that a killed server left behind is taken over.
 * @throws FolderInUseError when a server answers there
 */
export async function listenOnSocket(path: string, serve: Serve): Promise<Server> {
  try {
    return await listenOnce(path, serve);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  }
  if (await answers(path)) throw new FolderInUseError(`another embedded store is running on ${path}`);
  rmSync(path, { force: true });
  let server: Server;
  try {
    server = await listenOnce(path, serve);
  } catch {
    throw new FolderInUseError(`another embedded store has just started on ${path}`);
  }
  await confirmTakeover(path, server);
  return server;
}

/** Two servers may find the same stale file; the later one to bind keeps it, and the other steps back. */
async function confirmTakeover(path: string, server: Server): Promise<void> {
  const mine = statSync(path).ino;
  await new Promise((resolve) => setTimeout(resolve, 60));
  if (statSync(path, { throwIfNoEntry: false })?.ino === mine) return;
  server.close();
  throw new FolderInUseError(`another embedded store has just started on ${path}`);
}

/** Listens on 127.0.0.1; port 0 takes a free one. */
export async function listenOnPort(port: number, serve: Serve): Promise<{ server: Server; port: number }> {
  const server = await listening(createServer(serve), (own) => own.listen(port, '127.0.0.1'));
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : port };
}

async function listenOnce(path: string, serve: Serve): Promise<Server> {
  const before = process.umask(0o077);
  try {
    // The address is bound before `listen` returns, so the file never exists with wider rights.
    return await listening(createServer(serve), (server) => {
      server.listen(path);
      process.umask(before);
      return server;
    });
  } finally {
    process.umask(before);
    if (process.platform !== 'win32' && statSync(path, { throwIfNoEntry: false })?.isSocket()) chmodSync(path, 0o700);
  }
}

function listening(server: Server, start: (server: Server) => Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve(server);
    });
    start(server);
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}
