import { addAfterEffect, useFrame, useThree } from '@react-three/fiber';
import { useEffect, useState } from 'react';
import type { PerspectiveCamera } from 'three';
import { type SceneState, sceneStore } from '../live/scene-store';
import { FramePace } from './scene/frame-pace';
import { listenToPointer } from './scene/pointer';
import type { QualityLadder } from './scene/quality-ladder';
import { Stage } from './scene/stage';
import { twin } from './twin-runtime';

/** How often a resting picture looks whether the stream has news, ms. */
const LOOK_MS = 200;

const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');
const calm = () => reducedMotion.matches;

/** Everything inside the canvas. Renders once; after that only the frame loop touches it. */
export function TwinScene({ ladder }: { ladder: QualityLadder }) {
  const { gl, camera, scene, invalidate, setDpr, setFrameloop } = useThree();
  const size = useThree((state) => state.size);
  const [stage] = useState(() => new Stage(twin, camera as PerspectiveCamera, ladder, calm, invalidate));
  const [pace] = useState(() => new FramePace(ladder, invalidate));

  useFrame(() => {
    if (!pace.begin(performance.now())) return;
    twin.advance(performance.now());
    const flying = stage.step(pace.frameS);
    pace.end(flying || (twin.motion.moving && !twin.frozen), flying);
  }, -1);

  useEffect(() => {
    const ratio = () => setDpr(Math.min(window.devicePixelRatio, ladder.rung.pixelRatio));
    pace.onRung = ratio;
    ratio();
    const follow = (state: SceneState) => {
      pace.hidden = state.view === 'hidden';
      twin.drawing = !pace.hidden;
      setFrameloop(pace.hidden ? 'never' : 'demand');
      stage.follow(state);
      invalidate();
    };
    const unsubscribe = sceneStore.subscribe(follow);
    follow(sceneStore.getState());
    const look = setInterval(() => {
      if (pace.hidden || document.hidden || pace.busy) return;
      twin.advance(performance.now());
      if (stage.hasNews()) invalidate();
    }, LOOK_MS);
    return () => {
      unsubscribe();
      clearInterval(look);
      pace.stop();
      twin.drawing = false;
      stage.dispose();
    };
  }, [stage, pace, ladder, invalidate, setDpr, setFrameloop]);

  useEffect(() => {
    stage.resized(size.width, size.height);
    invalidate();
  }, [stage, size, invalidate]);

  useEffect(() => {
    const canvas = gl.domElement;
    const toDevice = (clientX: number, clientY: number): [number, number] => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [((clientX - left) / width) * 2 - 1, 1 - ((clientY - top) / height) * 2];
    };
    const stopListening = listenToPointer(canvas, {
      orbit: stage.rig.orbit,
      changed: invalidate,
      clicked: (x, y) => {
        const hit = stage.pick(...toDevice(x, y));
        if (hit) sceneStore.getState().onSelect(hit.lathe.id);
      },
      hovered: (x, y) => {
        const hit = stage.pick(...toDevice(x, y));
        canvas.style.cursor = hit && sceneStore.getState().view === 'floor' ? 'pointer' : 'grab';
        if (stage.hover(hit?.lathe.id)) invalidate();
      },
      left: () => stage.hover(undefined) && invalidate(),
    });
    const stopCounting = addAfterEffect(() => {
      if (!pace.drewFrame() || gl.getContext().isContextLost()) return;
      twin.frames++;
      const { render, memory, programs } = gl.info;
      Object.assign(twin.counts, {
        drawCalls: render.calls,
        triangles: render.triangles,
        programs: programs?.length ?? 0,
      });
      twin.counts.geometries = memory.geometries;
      twin.counts.textures = memory.textures;
      if (sceneStore.getState().rendering !== 'ready') sceneStore.getState().setRendering('ready');
    });
    twin.view = {
      project: (id, part) => {
        const at = stage.project(id, part);
        if (!at) return null;
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const inside = Math.abs(at.x) <= 1 && Math.abs(at.y) <= 1 && at.z < 1;
        return { x: left + ((at.x + 1) / 2) * width, y: top + ((1 - at.y) / 2) * height, visible: inside };
      },
      pick: (x, y) => {
        const hit = stage.pick(...toDevice(x, y));
        return hit && { id: hit.lathe.id, part: hit.part };
      },
      camera: (view) => {
        if (view) stage.rig.orbit.goTo(view, true);
        invalidate();
        return { ...stage.rig.orbit.now };
      },
      draw: () => {
        stage.step(0.016);
        gl.render(scene, camera);
        twin.frames++;
      },
      requestFrame: () => invalidate(),
      settled: () => pace.settled(),
      quality: () => ({
        tier: ladder.tier,
        pixelRatio: gl.getPixelRatio(),
        framesPerSecond: ladder.rung.framesPerSecond,
      }),
    };
    const restored = () => invalidate();
    canvas.addEventListener('webglcontextrestored', restored);
    return () => {
      canvas.removeEventListener('webglcontextrestored', restored);
      stopListening();
      stopCounting();
      twin.view = undefined;
    };
  }, [gl, camera, scene, stage, pace, ladder, invalidate]);

  return <primitive object={stage.group} />;
}
