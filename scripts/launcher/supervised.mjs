const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
/** A child that somebody killed had nothing wrong with it: however often that happens, it is soon back. */
const LONGEST_DELAY_AFTER_KILL_MS = 800;
const HEALTHY_AFTER_MS = 30_000;

/** A child process that is started again whenever it ends by itself, at once at first, then ever more patiently. */
export class Supervised {
  #launch;
  #hooks;
  #child;
  #ended = Promise.resolve();
  #wanted = false;
  #startedAtMs = 0;
  #delayMs = FIRST_DELAY_MS;
  #timer;

  /**
   * @param name - as shown to people
   * @param launch - spawns the child
   * @param hooks - `changed()` after every start and end; `ended({name, code, signal, delayMs})` when it ends by itself
   */
  constructor(name, launch, hooks) {
    this.name = name;
    this.#launch = launch;
    this.#hooks = hooks;
  }

  /** Process id while the child runs. */
  get pid() {
    return this.#child?.pid;
  }

  start() {
    this.#wanted = true;
    this.#spawn();
  }

  /** Asks the child to end, and ends it by force after `graceMs`. */
  async stop(graceMs) {
    this.#wanted = false;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await this.#ended;
    clearTimeout(force);
  }

  kill() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#child?.kill('SIGKILL');
  }

  #spawn() {
    const child = this.#launch();
    this.#child = child;
    this.#startedAtMs = Date.now();
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.once('error', (error) => child.pid || resolve({ code: error.code, signal: null }));
    }).then((end) => this.#onEnd(end));
    this.#hooks.changed();
  }

  #onEnd(end) {
    this.#child = undefined;
    this.#hooks.changed();
    if (!this.#wanted) return;
    if (Date.now() - this.#startedAtMs > HEALTHY_AFTER_MS) this.#delayMs = FIRST_DELAY_MS;
    if (end.signal === 'SIGKILL') this.#delayMs = Math.min(this.#delayMs, LONGEST_DELAY_AFTER_KILL_MS);
    this.#hooks.ended({ name: this.name, delayMs: this.#delayMs, ...end });
    this.#timer = setTimeout(() => this.#spawn(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
  }
}
