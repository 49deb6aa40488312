import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { quantile } from './bench.js';

setFlagsFromString('--expose-gc');
/** Collects garbage now. */
export const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Bytes that one call of `act` leaves on the heap, living or not: median of several windows. A window in which the collector
 * has run shows less than nothing and is left out, so `calls` must be few enough for what one call allocates.
 */
export function bytesPerCall(act: () => void, calls: number, windows = 15): number {
  const growths: number[] = [];
  for (let window = 0; window < windows; window++) {
    collectGarbage();
    const before = getHeapStatistics().used_heap_size;
    for (let call = 0; call < calls; call++) act();
    const growth = getHeapStatistics().used_heap_size - before;
    if (growth >= 0) growths.push(growth / calls);
  }
  return quantile(growths, 0.5);
}
