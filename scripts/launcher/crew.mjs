import { join } from 'node:path';
import { SetupError, say } from '../setup/report.mjs';
import { Guard } from './guard.mjs';
import { ChildLog } from './logs.mjs';
import { writeRecord } from './record.mjs';
import { Supervised } from './supervised.mjs';

const ROLE_GRACE_MS = 8_000;
const ENGINE_GRACE_MS = 10_000;
/** Time for the last words of a child to arrive after its end. */
const LAST_WORDS_MS = 200;

/** The child processes of one data folder: engines below, roles above, a guard beside them. */
export class Crew {
  #dataDir;
  #guard = new Guard();
  #children = { engines: [], roles: [] };
  #facts = {};
  #settled = false;
  #stopping = false;
  #giveUp;

  /** Rejects when a child gives up by itself before the plant has been ready once: trying again would not help. */
  broken = new Promise((_, reject) => {
    this.#giveUp = reject;
  });

  constructor(dataDir) {
    this.#dataDir = dataDir;
    this.broken.catch(() => {}); // whoever waits for it sees the reason
  }

  /**
   * Starts a child and keeps it running.
   * @param kind - 'engines' or 'roles'
   * @param options - what to do with its output, see ChildLog.follow
   */
  add(kind, name, launch, options) {
    if (this.#stopping) return;
    const log = new ChildLog(join(this.#dataDir, 'logs'), name);
    const child = new Supervised(
      name,
      () => {
        const process = launch();
        if (process.stdout) log.follow(process, options);
        return process;
      },
      {
        changed: () => this.#onChange(),
        ended: ({ code, signal, delayMs }) => {
          if (signal || this.#settled) {
            say(`[${name}] ended (${signal ?? `exit code ${code}`}); starting again in ${delayMs / 1000} s`);
          } else {
            const reason = new SetupError(`${name} cannot start (exit code ${code}); see ${log.path}`);
            setTimeout(() => this.#giveUp(reason), LAST_WORDS_MS);
          }
        },
      },
    );
    this.#children[kind].push(child);
    child.start();
  }

  /** Adds to what other commands may know of this crew: engine addresses, the plant's URL. */
  publish(facts) {
    Object.assign(this.#facts, facts);
    this.#onChange();
  }

  /** The plant has been ready: from now on every child is restarted for ever. */
  settle() {
    this.#settled = true;
  }

  /** Roles first, engines last. */
  async stop() {
    this.#stopping = true;
    this.publish({ stopping: true });
    await Promise.all(this.#children.roles.map((role) => role.stop(ROLE_GRACE_MS)));
    await Promise.all(this.#children.engines.map((engine) => engine.stop(ENGINE_GRACE_MS)));
    this.#guard.release();
  }

  /** Ends everything at once; nothing acknowledged is lost, the next start recovers. */
  kill() {
    for (const child of [...this.#children.roles, ...this.#children.engines]) child.kill();
  }

  #onChange() {
    const { roles, engines } = this.#children;
    this.#guard.watch('roles', pidsOf(roles));
    this.#guard.watch('engines', pidsOf(engines));
    try {
      writeRecord(this.#dataDir, { ...this.#facts, children: [...roles, ...engines] });
    } catch (error) {
      say(`DATA_DIR cannot be written (${error.code})`); // a full disk must not take the launcher down
    }
  }
}

function pidsOf(children) {
  return children.map((child) => child.pid).filter((pid) => pid !== undefined);
}
