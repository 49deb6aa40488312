/** An alarm chatters when it is raised this often within a minute. @see ISA-18.2, chattering alarm */
export const CHATTER_RAISES = 3;
export const CHATTER_WINDOW_MS = 60_000;
/** One that returns sooner than this is fleeting: over before anybody could have acted. */
export const FLEETING_MS = 10_000;
/** One that stands for longer than this is stale. */
export const STALE_MS = 86_400_000;

/** Times of the last raises of one point, oldest first: as many as it takes to see it chatter. */
export type RecentRaises = number[];

/** Notes a raise. @returns whether the point chatters with it */
export function noteRaise(recent: RecentRaises, atMs: number): boolean {
  recent.push(atMs);
  if (recent.length > CHATTER_RAISES) recent.shift();
  return recent.length === CHATTER_RAISES && atMs - recent[0]! <= CHATTER_WINDOW_MS;
}

export const isFleeting = (raisedAtMs: number, returnedAtMs: number): boolean =>
  returnedAtMs - raisedAtMs < FLEETING_MS;
export const isStale = (activeSinceMs: number, nowMs: number): boolean => nowMs - activeSinceMs > STALE_MS;
