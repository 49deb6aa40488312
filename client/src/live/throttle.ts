/** The two timer functions; specs bring their own. */
export interface Timers {
  set: (run: () => void, delayMs: number) => unknown;
  clear: (timer: unknown) => void;
}

export const pageTimers: Timers = {
  set: (run, delayMs) => setTimeout(run, delayMs),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/**
 * `run` that runs at once when it has rested for `gapMs`, and else once at the end of that gap however often it is called.
 * @param gapMs - a function is asked before each run for the rest after it
 */
export function throttled(run: () => void, gapMs: number | (() => number), timers: Timers = pageTimers): () => void {
  let resting = false;
  let wanted = false;
  const turn = () => {
    wanted = false;
    resting = true;
    timers.set(
      () => {
        resting = false;
        if (wanted) turn();
      },
      typeof gapMs === 'number' ? gapMs : gapMs(),
    );
    run();
  };
  return () => {
    if (resting) wanted = true;
    else turn();
  };
}
