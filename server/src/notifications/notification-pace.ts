/** How fast news goes out and how long it is tried. */
export interface NotificationPace {
  /** pause between two looks at the events, ms */
  pollMs: number;
  attempts: number;
  /** pause before the second attempt; each further one is twice as long. ms */
  firstRetryMs: number;
  /** a delivery that is this late is queued again, ms */
  overdueMs: number;
  /** for how long a worker that gives no sign keeps its messages, ms */
  lockMs: number;
  /** what a minute of a channel's settings lasts, ms; less in a rehearsal */
  minuteMs: number;
}

export const NOTIFICATION_PACE = Symbol('notification pace');

/** Ten attempts over about 43 min. */
export const DEFAULT_PACE: NotificationPace = {
  pollMs: 200,
  attempts: 10,
  firstRetryMs: 5000,
  overdueMs: 60_000,
  lockMs: 10_000,
  minuteMs: 60_000,
};
