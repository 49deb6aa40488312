import { useMantineColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import type uPlot from 'uplot';

/**
 * Keeps a plot in an element: made once, drawn anew with every `show`, made again in the colours of another scheme.
 * @param create - makes the plot in the element; must not change between renders
 * @param show - hands it the present data
 */
export function usePlot(
  create: (host: HTMLElement) => uPlot,
  show: (plot: uPlot) => void,
): RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef(show);
  latest.current = show;
  const { colorScheme } = useMantineColorScheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the canvas must be drawn anew in the colours of the scheme
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = create(element);
    plot.current = made;
    latest.current(made);
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [create, colorScheme]);

  useEffect(() => {
    if (plot.current) show(plot.current);
  }, [show]);
  return host;
}
