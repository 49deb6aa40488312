import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { sceneStore, useScene } from '../live/scene-store';
import { Choice } from './Choice';
import { PageLoading } from './PageState';
import styles from './TwinStage.module.css';

const FloorPlan = lazy(() => import('./FloorPlan').then((m) => ({ default: m.FloorPlan })));
const LathePlan = lazy(() => import('./LathePlan').then((m) => ({ default: m.LathePlan })));

export interface TwinStageProps {
  view: 'floor' | 'lathe';
  latheId?: string;
  onSelect: (latheId: string) => void;
  /** drawn over the scene */
  children?: ReactNode;
}

/**
 * Where a page wants the one 3D canvas: reports its rectangle, and shows the plan instead where there is no WebGL or
 * somebody prefers it.
 */
export function TwinStage({ view, latheId, onSelect, children }: TwinStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const rendering = useScene((scene) => scene.rendering);
  const [prefersPlan, setPrefersPlan] = useState(false);
  const flat = rendering === 'unavailable' || (view === 'floor' && prefersPlan);

  useEffect(() => {
    const scene = sceneStore.getState();
    scene.setOnSelect(onSelect);
    scene.show(flat ? 'hidden' : view, latheId);
  }, [view, latheId, onSelect, flat]);
  useEffect(() => () => sceneStore.getState().show('hidden'), []);
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const report = () => {
      const { left, top, width, height } = element.getBoundingClientRect();
      sceneStore.getState().setRect({ left, top, width, height });
    };
    const observer = new ResizeObserver(report);
    observer.observe(element);
    observer.observe(document.body);
    // Capture: the scroll that moves the stage happens in some ancestor, and scroll events do not bubble.
    window.addEventListener('scroll', report, { capture: true, passive: true });
    report();
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', report, { capture: true });
    };
  }, []);

  return (
    <div ref={stage} className={styles.stage} data-flat={flat || undefined}>
      <Suspense fallback={null}>
        {flat && view === 'floor' && <FloorPlan onSelect={onSelect} />}
        {flat && view === 'lathe' && latheId && <LathePlan latheId={latheId} />}
      </Suspense>
      {!flat && rendering === 'pending' && <PageLoading what="Preparing the 3D view" />}
      {view === 'floor' && rendering !== 'unavailable' && (
        <Choice
          className={styles.choice}
          label="Kind of view"
          value={prefersPlan ? 'plan' : '3d'}
          onChange={(value) => setPrefersPlan(value === 'plan')}
          options={[
            { value: '3d', label: '3D' },
            { value: 'plan', label: 'Plan' },
          ]}
        />
      )}
      {children}
    </div>
  );
}
