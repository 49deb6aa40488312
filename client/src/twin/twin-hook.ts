import { sceneStore } from '../live/scene-store';
import type { PartName } from './scene/picking';
import { twin } from './twin-runtime';

const hook = {
  /** the scene has drawn at least once */
  get ready() {
    return sceneStore.getState().rendering === 'ready';
  },
  get lathes() {
    return sceneStore.getState().lathes.length;
  },
  get frames() {
    return twin.frames;
  },
  get drawCalls() {
    return twin.counts.drawCalls;
  },
  get triangles() {
    return twin.counts.triangles;
  },
  get programs() {
    return twin.counts.programs;
  },
  get geometries() {
    return twin.counts.geometries;
  },
  get textures() {
    return twin.counts.textures;
  },
  get lastFrameSeq() {
    return twin.lastFrameSequence;
  },
  /** tier and pixel ratio in use, null before the canvas stands */
  get quality() {
    return twin.view?.quality() ?? null;
  },
  poseOf: (latheId: string) => twin.poseOf(latheId),
  freeze: (atMs?: number) => twin.freeze(atMs),
  step: (stepMs: number) => twin.step(stepMs),
  unfreeze: () => twin.unfreeze(),
  project: (latheId: string, part: PartName = 'body') => twin.view?.project(latheId, part) ?? null,
  pick: (x: number, y: number) => twin.view?.pick(x, y) ?? null,
  settled: () => twin.view?.settled() ?? Promise.resolve(),
};

declare global {
  interface Window {
    readonly __twin: typeof hook;
  }
}

/** Gives tests and other programs a read-only view of what is drawn. Safe to call more than once. */
export function installTwinHook(): void {
  if ('__twin' in window) return;
  Object.defineProperty(window, '__twin', { value: Object.freeze(hook), writable: false, enumerable: true });
}
