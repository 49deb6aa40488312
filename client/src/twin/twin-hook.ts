import { sceneStore } from '../live/scene-store';
import type { LathePose } from './motion/fleet-motion';
import type { OrbitView } from './scene/orbit';
import type { PartName } from './scene/picking';
import type { TwinRuntime } from './twin-runtime';

let runtime: TwinRuntime | undefined;

/** Stands in for the twin until it is loaded: it keeps the first page light. */
export function attachTwin(loaded: TwinRuntime): void {
  runtime = loaded;
}

/** Poses exist where there is no canvas too; whoever asks for one before there is a scene has the motion loaded. */
function askedFor(): TwinRuntime | undefined {
  if (!runtime) void import('./twin-runtime').then(({ twin }) => attachTwin(twin));
  return runtime;
}

const hook = {
  /** the scene has drawn at least once */
  get ready() {
    return sceneStore.getState().rendering === 'ready';
  },
  get lathes() {
    return sceneStore.getState().lathes.length;
  },
  get frames() {
    return runtime?.frames ?? 0;
  },
  get drawCalls() {
    return runtime?.counts.drawCalls ?? 0;
  },
  get triangles() {
    return runtime?.counts.triangles ?? 0;
  },
  get programs() {
    return runtime?.counts.programs ?? 0;
  },
  get geometries() {
    return runtime?.counts.geometries ?? 0;
  },
  get textures() {
    return runtime?.counts.textures ?? 0;
  },
  get lastFrameSeq() {
    return runtime?.lastFrameSequence ?? 0;
  },
  /** tier and pixel ratio in use, null before the canvas stands */
  get quality() {
    return runtime?.view?.quality() ?? null;
  },
  poseOf: (latheId: string): LathePose | null => askedFor()?.poseOf(latheId) ?? null,
  freeze: (atMs?: number) => askedFor()?.freeze(atMs),
  step: (stepMs: number) => askedFor()?.step(stepMs),
  unfreeze: () => askedFor()?.unfreeze(),
  project: (latheId: string, part: PartName = 'body') => runtime?.view?.project(latheId, part) ?? null,
  pick: (x: number, y: number) => runtime?.view?.pick(x, y) ?? null,
  /** The camera's view; metres and radians. With a view given, the camera stands there at once. */
  camera: (view?: Partial<OrbitView>) => runtime?.view?.camera(view) ?? null,
  settled: () => runtime?.view?.settled() ?? Promise.resolve(),
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
