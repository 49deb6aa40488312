import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** @returns why `path` cannot hold this plant's data, undefined when it can */
export function checkFolder(path) {
  const probe = join(path, `.probe-${process.pid}`);
  try {
    mkdirSync(path, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
    return undefined;
  } catch (error) {
    return `DATA_DIR ${path} cannot be written (${error.code})`;
  }
}

/** @returns why nothing can listen there, undefined when it can */
export function checkPort(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(portFault(error, host, port)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function portFault(error, host, port) {
  switch (error.code) {
    case 'EADDRINUSE':
      return `PORT ${port} is in use by another program`;
    case 'EACCES':
      return `PORT ${port} may not be opened by this user`;
    default:
      return `HOST ${host} is not an address of this machine (${error.code})`;
  }
}
