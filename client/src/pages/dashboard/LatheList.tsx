import { useRef } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import { useScene } from '../../live/scene-store';
import { useKeys } from '../../widgets/useKeys';
import { LatheCard } from './LatheCard';
import styles from './LatheList.module.css';
import type { Urgency } from './lathe-order';

type Direction = 'up' | 'down' | 'left' | 'right';

const ARROWS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

export interface LatheListProps {
  lathes: readonly LatheDto[];
  urgency: ReadonlyMap<string, Urgency>;
}

/** Cards in a grid; the arrow keys walk across it, also when nothing has the focus yet. */
export function LatheList({ lathes, urgency }: LatheListProps) {
  const grid = useRef<HTMLUListElement>(null);
  const selectedId = useScene((scene) => scene.selectedId);
  const walk = (direction: Direction) => {
    const links = [...(grid.current?.querySelectorAll<HTMLElement>('a[data-card]') ?? [])];
    neighbour(links, document.activeElement, direction)?.focus();
  };
  useKeys(Object.fromEntries(Object.entries(ARROWS).map(([key, direction]) => [key, () => walk(direction)])));
  return (
    <ul ref={grid} className={styles.list}>
      {lathes.map((lathe) => (
        <LatheCard key={lathe.id} lathe={lathe} urgency={urgency.get(lathe.id)} selected={lathe.id === selectedId} />
      ))}
    </ul>
  );
}

/** The element beside, above or below the current one as they stand on the screen; the first where none is current. */
function neighbour(all: HTMLElement[], current: Element | null, direction: Direction): HTMLElement | undefined {
  const here = all.indexOf(current as HTMLElement);
  if (here < 0) return all[0];
  if (direction === 'left') return all[here - 1];
  if (direction === 'right') return all[here + 1];
  const inRow = columnsOf(all);
  return all[direction === 'up' ? here - inRow : here + inRow];
}

/** How many stand in the first row. */
function columnsOf(all: HTMLElement[]): number {
  const top = all[0]?.getBoundingClientRect().top;
  return all.filter((element) => Math.abs(element.getBoundingClientRect().top - (top ?? 0)) < 4).length;
}
