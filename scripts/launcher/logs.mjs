import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { say } from '../setup/report.mjs';

const LARGEST_FILE_BYTES = 10 * 1024 * 1024;
const OLD_FILES = 3;
const SHOWN_LEVELS = { warn: 'warning', error: 'error', fatal: 'error' };
const STACK_LINE = /^\s*(at .*)?$/;
const ECHOES = { most: 8, perMs: 10_000 };

/** Keeps what a child says in `folder/name.log` (four files of 10 MB at most) and shows its warnings on the terminal. */
export class ChildLog {
  /** The newest of its files. */
  path;
  #size;
  #name;
  #echo = { sinceMs: 0, shown: new Set() };

  constructor(folder, name) {
    mkdirSync(folder, { recursive: true });
    this.#name = name;
    this.path = join(folder, `${name}.log`);
    this.#size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /**
   * Reads both outputs of `child` to their end.
   * @param onLine - also gets every line of its standard output
   * @param echo - whether warnings and errors are worth a line on the terminal
   */
  follow(child, { onLine, echo = true } = {}) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#keep(line);
      onLine?.(line);
      if (echo) this.#show(summaryOf(line));
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.#keep(line);
      if (echo && !STACK_LINE.test(line)) this.#show(summaryOf(line) ?? line);
    });
  }

  #keep(line) {
    const text = `${line}\n`;
    try {
      if (this.#size + text.length > LARGEST_FILE_BYTES) this.#rotate();
      appendFileSync(this.path, text, { mode: 0o600 });
      this.#size += Buffer.byteLength(text);
    } catch (error) {
      this.#show(`its log cannot be written (${error.code})`); // a full disk must not take the launcher down
    }
  }

  #rotate() {
    for (let age = OLD_FILES - 1; age >= 0; age--) {
      const from = age === 0 ? this.path : `${this.path}.${age}`;
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${this.path}.${age + 1}`);
    }
    this.#size = 0;
  }

  /** A role that lost its engine can say the same a hundred times a second; the terminal gets the first few, each once. */
  #show(summary) {
    if (!summary) return;
    const nowMs = Date.now();
    if (nowMs - this.#echo.sinceMs > ECHOES.perMs) this.#echo = { sinceMs: nowMs, shown: new Set() };
    const { shown } = this.#echo;
    if (shown.has(summary) || shown.size >= ECHOES.most) return;
    shown.add(summary);
    say(`[${this.#name}] ${summary.slice(0, 300)}`);
    if (shown.size === ECHOES.most) say(`[${this.#name}] … more in ${this.path}`);
  }
}

/** @returns a short form of a JSON log line that warns or worse, undefined for anything else */
function summaryOf(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line);
    const level = SHOWN_LEVELS[entry.level];
    return level && `${level}: ${[entry.msg, entry.err?.message].filter(Boolean).join(' ')}`;
  } catch {
    return undefined;
  }
}
