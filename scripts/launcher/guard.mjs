import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('guard.sh', import.meta.url));

/** Keeps a small process that stops roles and engines, in this order, should the launcher die without doing so. */
export class Guard {
  #child;
  #lists = { roles: [], engines: [] };
  #released = false;

  constructor() {
    this.#spawn();
  }

  get pid() {
    return this.#child.pid;
  }

  /** @param kind - 'roles' or 'engines'; `pids` replaces what was told before */
  watch(kind, pids) {
    this.#lists[kind] = pids;
    this.#tell(kind);
  }

  /** Everything is stopped already: the guard has nothing left to do. */
  release() {
    this.#released = true;
    this.#child.stdin.end('done\n');
  }

  #spawn() {
    this.#child = spawn('/bin/sh', [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.#child.stdin.on('error', () => {}); // the guard is gone; 'exit' brings another
    this.#child.once('exit', () => {
      if (!this.#released) this.#spawn();
    });
    this.#child.unref();
    this.#tell('roles');
    this.#tell('engines');
  }

  #tell(kind) {
    this.#child.stdin.write(`${kind} ${this.#lists[kind].join(' ')}\n`);
  }
}
