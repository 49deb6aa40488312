import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './process-table.mjs';

const LONGEST_WAIT_MS = 20_000;

/** Writes down, for its owner alone, which processes serve this data folder and how to reach its engines. */
export function writeRecord(dataDir, { children, ...facts }) {
  const processes = children
    .filter((child) => child.pid !== undefined)
    .map(({ name, pid }) => ({ name, pid, startedAt: startOf(pid) }));
  const path = join(dataDir, 'plant.json');
  writeFileSync(`${path}.new`, `${JSON.stringify({ launcher: process.pid, ...facts, processes }, null, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(`${path}.new`, path);
}

/** @returns the last record of this folder, whether or not its processes still run */
export function readRecord(dataDir) {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'plant.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Waits until no process of an earlier launcher works on this folder: its guard may still be stopping them, and two
 * engines on the same files would destroy them. What does not go by itself is ended.
 */
export async function awaitLeftovers(dataDir) {
  const left = () =>
    (readRecord(dataDir)?.processes ?? []).filter(({ pid, startedAt }) => startedAt && startOf(pid) === startedAt);
  const deadlineMs = Date.now() + LONGEST_WAIT_MS;
  while (left().length > 0) {
    if (Date.now() > deadlineMs) for (const { pid } of left()) end(pid);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function end(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // gone by itself in between
  }
}
