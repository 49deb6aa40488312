import { chmodSync, mkdirSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { resolve } from 'node:path';
import { Background } from './background.js';
import { Executor } from './commands/executor.js';
import { Store } from './commands/store.js';
import { tablesIn } from './maintenance.js';
import { Engine } from './storage/engine.js';
import { serveConnection } from './wire/connection.js';
import { listenOnPort, listenOnSocket, lockPathFor, socketPathIn } from './wire/listen.js';

export { FolderInUseError } from './wire/listen.js';

export interface StoreOptions {
  /** Folder of the data; made when missing, readable by its owner only. */
  readonly dataDir: string;
  /** Unix socket to listen on. Default: `store.sock` in the folder, or a free port where that is not possible. */
  readonly socket?: string;
  /** Port on 127.0.0.1 to listen on instead of a socket; 0 takes a free one. */
  readonly port?: number;
  /** Milliseconds between two rounds that delete expired documents. Default: 60 000. */
  readonly housekeepingMs?: number;
  /** Commands that take longer than this many milliseconds are logged. Default: 100. */
  readonly slowMs?: number;
}

export interface RunningStore {
  /** Connection string for a MongoDB driver. */
  readonly uri: string;
  /** Runs a housekeeping round now. */
  housekeep(): Promise<void>;
  /** Finishes what is under way, closes all connections and the data files. */
  close(): Promise<void>;
}

/**
 * Starts a document store on a folder.
 * @throws FolderInUseError when another store has the folder
 */
export async function startStore(options: StoreOptions): Promise<RunningStore> {
  const directory = resolve(options.dataDir);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const sockets = new Set<Socket>();
  let serve: ((socket: Socket) => void) | undefined;
  const accept = (socket: Socket) => {
    if (!serve) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket);
  };
  const folderSocket = socketPathIn(directory);
  // Whoever has this socket has the folder; it is bound before the data files are opened.
  const servers: Server[] = [await listenOnSocket(folderSocket ?? lockPathFor(directory), accept)];
  try {
    const engine = new Engine(tablesIn(directory));
    const store = new Store(engine, options.slowMs);
    const executor = new Executor(store);
    const background = new Background(store, executor, options.housekeepingMs ?? 60_000);
    await background.resumeBuilds();
    serve = (socket) => void serveConnection(socket, store, executor);
    const uri = await openAddress(options, folderSocket, accept, servers);
    void background.pass();
    return {
      uri,
      housekeep: () => background.pass(),
      close: async () => {
        for (const server of servers) server.close();
        await background.stop();
        await executor.idle();
        for (const socket of sockets) socket.destroy();
        await engine.close();
      },
    };
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
}

async function openAddress(
  options: StoreOptions,
  folderSocket: string | undefined,
  accept: (socket: Socket) => void,
  servers: Server[],
): Promise<string> {
  if (options.port === undefined && options.socket !== undefined && resolve(options.socket) !== folderSocket) {
    servers.push(await listenOnSocket(resolve(options.socket), accept));
    return socketUri(resolve(options.socket));
  }
  if (options.port === undefined && folderSocket) return socketUri(folderSocket);
  const { server, port } = await listenOnPort(options.port ?? 0, accept);
  servers.push(server);
  return `mongodb://127.0.0.1:${port}/?directConnection=true`;
}

const socketUri = (path: string) => `mongodb://${encodeURIComponent(path)}/?directConnection=true`;
