import { Component, lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { type SceneState, sceneStore, useScene } from '../../live/scene-store';
import styles from './TwinHost.module.css';

const TwinCanvas = lazy(() => import('../../twin/TwinCanvas'));

/**
 * The place of the one 3D canvas: fixed over the stage of the page that shows it, invisible elsewhere. Loaded when the
 * first stage appears, and never unmounted after.
 */
export function TwinHost() {
  const host = useRef<HTMLDivElement>(null);
  const wanted = useRef(false);
  const shown = useScene((scene) => scene.view !== 'hidden');
  const unavailable = useScene((scene) => scene.rendering === 'unavailable');
  wanted.current ||= shown;
  useEffect(() => {
    const place = ({ rect, view }: SceneState) => {
      const style = host.current?.style;
      if (!style) return;
      style.left = `${rect.left}px`;
      style.top = `${rect.top}px`;
      style.width = `${rect.width}px`;
      style.height = `${rect.height}px`;
      style.visibility = view === 'hidden' || rect.width === 0 ? 'hidden' : 'visible';
    };
    place(sceneStore.getState());
    return sceneStore.subscribe(place);
  }, []);
  useEffect(() => {
    if (!hasWebGl()) sceneStore.getState().setRendering('unavailable');
  }, []);
  return (
    <div ref={host} className={styles.host} data-unavailable={unavailable || undefined}>
      {wanted.current && !unavailable && (
        <CanvasBoundary>
          <Suspense fallback={null}>
            <TwinCanvas />
          </Suspense>
        </CanvasBoundary>
      )}
    </div>
  );
}

/** A fault of the scene must not take the figures and alarms with it: the pages fall back to the plan. */
class CanvasBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(): void {
    sceneStore.getState().setRendering('unavailable');
  }

  override render() {
    return this.state.failed ? null : this.props.children;
  }
}

function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
