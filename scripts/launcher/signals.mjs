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
  if (process.env.npm_lifecycle_event) stopWithParent(onSignal);
}

/** A killed npm cannot tell us, yet nobody would look for the plant that it leaves behind. Between the two stands a shell. */
function stopWithParent(stop) {
  const family = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const atFirst = family();
  const timer = setInterval(() => {
    if (family() === atFirst) return;
    clearInterval(timer);
    stop();
  }, 2_000);
  timer.unref();
}
