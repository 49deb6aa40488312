import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/**
 * Takes a data folder for this process. A listening socket is the lock: the kernel frees it when its owner dies,
 * which no file with a process id in it can promise.
 * @returns whether the folder was free
 */
export async function lockFolder(dataDir) {
  if (process.platform === 'linux') {
    const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 40);
    return listen(`\0byte-astra-${name}`);
  }
  const path = join(dataDir, 'lock.sock');
  if (await isAnswered(path)) return false;
  rmSync(path, { force: true });
  return listen(path);
}

function listen(path) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(path, () => {
      server.unref();
      resolve(true);
    });
  });
}

function isAnswered(path) {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
}
