import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** When a process began, in its system's own words: with the pid, this names it beyond doubt. Undefined once it is gone. */
export function startOf(pid) {
  try {
    if (process.platform !== 'linux') return ps('lstart', pid);
    const { state, startTime } = statOf(pid);
    return state === 'Z' ? undefined : startTime;
  } catch {
    return undefined;
  }
}

/** The parent of a process, undefined once it is gone. */
export function parentOf(pid) {
  try {
    return process.platform === 'linux' ? statOf(pid).parent : Number(ps('ppid', pid));
  } catch {
    return undefined;
  }
}

/** Fields 3, 4 and 22 of proc(5)'s stat; the name before them is in brackets and may hold anything. */
function statOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0], parent: Number(fields[1]), startTime: fields[19] };
}

function ps(field, pid) {
  return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
}
