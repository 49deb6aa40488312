import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { root } from '../root.mjs';
import { findProgram } from '../setup/programs.mjs';

const embeddedMain = join(root, 'dist/server/src/embedded/store/main.js');
const READY_LINE = /^embedded-store ready (mongodb:\S+)/;

/**
 * A private document store below `dataDir`: MongoDB where it is installed, else the embedded store.
 * @returns `{ launch(): ChildProcess, onLine(line), ready(): Promise<string> }`; `ready` gives its address
 */
export function privateStore(dataDir, port) {
  const mongod = findProgram('mongod');
  return mongod ? mongoStore(mongod, join(dataDir, 'mongo'), port) : embeddedStore(join(dataDir, 'store'));
}

function mongoStore(mongod, folder, port) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = ['--dbpath', folder, '--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'];
  return {
    launch: () => spawn(mongod, place, { stdio: ['ignore', 'pipe', 'pipe'], detached: true }),
    onLine() {},
    async ready() {
      while (!(await isOpen(port))) await new Promise((resolve) => setTimeout(resolve, 100));
      return `mongodb://127.0.0.1:${port}/?directConnection=true`;
    },
  };
}

function embeddedStore(folder) {
  const memory = ['--max-old-space-size=1024', '--max-semi-space-size=8'];
  let tcpPort;
  let tellReady;
  const ready = new Promise((resolve) => {
    tellReady = resolve;
  });
  return {
    launch() {
      // Where there are no Unix sockets, a restarted store must come back to the port it had.
      const place = ['--data', folder, ...(tcpPort ? ['--port', tcpPort] : [])];
      return spawn(process.execPath, [...memory, embeddedMain, '--role=embedded-store', ...place], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
    },
    onLine(line) {
      const uri = READY_LINE.exec(line)?.[1];
      if (!uri) return;
      tcpPort = /^mongodb:\/\/[^/%]+:(\d+)/.exec(uri)?.[1];
      tellReady(uri);
    },
    ready: () => ready,
  };
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
