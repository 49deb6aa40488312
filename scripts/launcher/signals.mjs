import { parentOf } from './process-table.mjs';

/** npm passes on a Ctrl-C that the terminal has sent to us as well: within this time both are the same one. */
const SAME_KEYSTROKE_MS = 700;

/** Stops `crew` cleanly on the first signal and by force on the second one, then ends this process. */
export function stopOnSignal(crew) {
  let firstAtMs;
  const onSignal = async () => {
    if (firstAtMs !== undefined) {
      if (Date.now() - firstAtMs > SAME_KEYSTROKE_MS) crew.kill();
      return;
    }
    firstAtMs = Date.now();
    console.log('\nStopping …');
    await crew.stop();
    console.log('Stopped.');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  whenOrphaned(onSignal);
}

/**
 * Calls `stop` when the npm that runs us is gone: killed, it cannot tell us, yet nobody would look for what it leaves
 * behind. A process started without npm may outlive its parent.
 */
export function whenOrphaned(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const family = () => `${process.ppid} ${parentOf(process.ppid)}`; // a shell may stand between npm and us
  const atFirst = family();
  const timer = setInterval(() => {
    if (family() === atFirst) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}
