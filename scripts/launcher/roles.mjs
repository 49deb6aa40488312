import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../root.mjs';

const main = join(root, 'dist/server/src/main.js');

/** Ceilings, not reservations: a small young generation keeps a resting plant small, the rest is for a large fleet. */
const memory = {
  api: ['--max-old-space-size=1024', '--max-semi-space-size=8'],
  worker: ['--max-old-space-size=1024', '--max-semi-space-size=8'],
  recorder: ['--max-old-space-size=768', '--max-semi-space-size=8'],
};

/** The roles that `ROLE` stands for. */
export function rolesOf(role) {
  return role === 'all' ? Object.keys(memory) : [role];
}

/** Spawns one role; its name stands in its command line, for people who look at the process list. */
export function launchRole(role, env, { watch = false } = {}) {
  const watching = watch ? ['--watch', '--watch-preserve-output'] : [];
  return spawn(process.execPath, [...memory[role], ...watching, main, `--role=${role}`], {
    cwd: root,
    env: { ...env, ROLE: role },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}
