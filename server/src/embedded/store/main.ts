import { parseArgs } from 'node:util';
import { backup, compact, MaintenanceError, restore } from './maintenance.js';
import { FolderInUseError, type RunningStore, startStore } from './server.js';

const USAGE = `usage: embedded-store --data DIR [--port PORT | --socket PATH] [--slow-ms MS] [--exit-with-parent]
       embedded-store backup FILE --data DIR
       embedded-store restore FILE --data DIR [--force]
       embedded-store compact --data DIR`;

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
        'slow-ms': { type: 'string' },
        role: { type: 'string' },
        force: { type: 'boolean' },
        'exit-with-parent': { type: 'boolean' },
      },
    });
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`);
  }
}

/** Runs a maintenance command and ends the process. */
async function maintain(dataDir: string, [command, file, ...rest]: string[], force: boolean): Promise<never> {
  const wantsFile = command === 'backup' || command === 'restore';
  if ((!wantsFile && command !== 'compact') || wantsFile !== (file !== undefined) || rest.length > 0) fail(USAGE);
  try {
    if (command === 'backup') console.log(`backup of ${await backup(dataDir, file!)} bytes written to ${file}`);
    else if (command === 'restore') {
      await restore(dataDir, file!, force);
      console.log(`${file} restored into ${dataDir}`);
    } else {
      const { before, after } = await compact(dataDir);
      console.log(`compacted from ${before} to ${after} bytes`);
    }
  } catch (error) {
    if (error instanceof MaintenanceError || error instanceof FolderInUseError) fail(error.message);
    fail(`${command} failed: ${(error as Error).message}`);
  }
  process.exit(0);
}

const { values, positionals } = readArguments();
if (!values.data) fail(`--data is required\n${USAGE}`);
if (positionals.length > 0) await maintain(values.data, positionals, values.force ?? false);
const port = values.port === undefined ? undefined : Number(values.port);
if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536))
  fail('--port must be from 0 to 65535');
const slowMs = values['slow-ms'] === undefined ? undefined : Number(values['slow-ms']);
if (slowMs !== undefined && !(slowMs >= 0)) fail('--slow-ms must be 0 or more');

let store: RunningStore;
try {
  store = await startStore({
    dataDir: values.data,
    ...(port !== undefined && { port }),
    ...(values.socket !== undefined && { socket: values.socket }),
    ...(slowMs !== undefined && { slowMs }),
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
