/** This page's clock: epoch ms with sub-millisecond steps that never run backwards while the page lives. */
export function pageNowMs(): number {
  return performance.timeOrigin + performance.now();
}
