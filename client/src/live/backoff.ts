/** First wait in ms; doubles with each failed attempt up to the longest. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Wait before reconnect attempt `attempt` (0 = first): exponential, the upper half drawn at random, so that a hall of
 * displays does not return in one burst after the server restarts.
 * @param random - 0 ≤ random < 1
 * @returns ms
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 16));
  return ceiling / 2 + (ceiling / 2) * random;
}
