import { readdirSync, readFileSync } from 'node:fs';

/** CPU seconds that a process has used so far, all threads, from the scheduler's own nanosecond count (Linux). */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1e9;
}

/** CPU time of this process so far, ms. What else the machine is doing would count in time by the clock. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
