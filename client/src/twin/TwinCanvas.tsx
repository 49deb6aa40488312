import { createRoot } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { Color } from 'three';
import { sceneStore } from '../live/scene-store';
import { probeTier } from './scene/graphics';
import { QualityLadder } from './scene/quality-ladder';
import { TwinScene } from './TwinScene';
import { attachTwin } from './twin-hook';
import { twin } from './twin-runtime';

/** What lies beyond the hall: the fog of the shaders. The shaders end in their own tone curve. */
const BEYOND = new Color().setRGB(0.066, 0.0704, 0.077);
/** Lost so often, the graphics driver is not to be trusted again until the page is loaded anew. */
const MOST_LOSSES = 3;

/**
 * The one 3D canvas, mounted once for the page's life and filling its host. The canvas element is made here by hand:
 * a second mount, as in development, must not meet the context of the first.
 */
export default function TwinCanvas() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    attachTwin(twin);
    const tier = probeTier(window.location.search);
    if (!host.current || !tier) {
      sceneStore.getState().setRendering('unavailable');
      return;
    }
    return mountScene(host.current, new QualityLadder(tier));
  }, []);
  return <div ref={host} style={{ width: '100%', height: '100%' }} />;
}

function mountScene(host: HTMLElement, ladder: QualityLadder): () => void {
  const canvas = document.createElement('canvas');
  canvas.dataset['twin'] = '';
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'Lathes in 3D; the list beside it holds the same lathes as buttons');
  canvas.style.cssText = 'display:block;width:100%;height:100%;touch-action:none;outline:none';
  host.append(canvas);
  const root = createRoot(canvas);
  const configure = () => {
    const { clientWidth: width, clientHeight: height } = host;
    if (width === 0 || height === 0) return;
    root.configure({
      frameloop: 'demand',
      flat: true,
      dpr: Math.min(window.devicePixelRatio, ladder.rung.pixelRatio),
      size: { width, height, top: 0, left: 0 },
      camera: { fov: 32, near: 0.12, far: 900 },
      gl: { antialias: ladder.tier !== 'software', powerPreference: 'high-performance', alpha: false, stencil: false },
      onCreated: ({ gl }) => gl.setClearColor(BEYOND),
    });
    root.render(<TwinScene ladder={ladder} />);
  };
  const observer = new ResizeObserver(configure);
  observer.observe(host);
  let losses = 0;
  const lost = (event: Event) => {
    event.preventDefault();
    losses++;
    sceneStore.getState().setRendering(losses >= MOST_LOSSES ? 'unavailable' : 'pending');
  };
  canvas.addEventListener('webglcontextlost', lost);
  return () => {
    observer.disconnect();
    canvas.removeEventListener('webglcontextlost', lost);
    root.unmount();
    canvas.remove();
  };
}
