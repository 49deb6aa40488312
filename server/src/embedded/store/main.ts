import { parseArgs } from 'node:util';
import { FolderInUseError, type RunningStore, startStore } from './server.js';

const USAGE = 'usage: embedded-store --data DIR [--port PORT | --socket PATH] [--exit-with-parent]';

process.title = 'embedded-store';

function fail(message: string): never {
  console.error(`embedded-store: ${message}`);
  process.exit(1);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        socket: { type: 'string' },
        role: { type: 'string' },
        force: { type: 'boolean' },
        'exit-with-parent': { type: 'boolean' },
      },
    });
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`);
  }
}

const { values, positionals } = readArguments();
if (positionals.length > 0) fail(`unknown command '${positionals[0]}'\n${USAGE}`);
if (!values.data) fail(`--data is required\n${USAGE}`);
const port = values.port === undefined ? undefined : Number(values.port);
if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536))
  fail('--port must be from 0 to 65535');

let store: RunningStore;
try {
  store = await startStore({
    dataDir: values.data,
    ...(port !== undefined && { port }),
    ...(values.socket !== undefined && { socket: values.socket }),
  });
} catch (error) {
  fail(error instanceof FolderInUseError ? error.message : `cannot start: ${(error as Error).message}`);
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await store.close();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
if (values['exit-with-parent']) {
  process.on('disconnect', () => void stop());
  process.stdin.on('end', () => void stop()).on('error', () => void stop());
  process.stdin.resume();
}

console.log(`embedded-store ready ${store.uri}`);
