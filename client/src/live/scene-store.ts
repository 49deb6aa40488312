import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { JobDto } from '#domain/contract/job.js';
import type { LatheDto } from '#domain/contract/lathe.js';

export type SceneView = 'hidden' | 'floor' | 'lathe';

/** Place of the stage in the window, CSS px. */
export interface StageRect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** `pending` until the canvas has drawn once; `unavailable` without WebGL or after it was lost for good. */
export type RenderingState = 'pending' | 'ready' | 'unavailable';

/** The part of a lathe that a prediction points at, and how much there is to fear; told by the page that reads predictions. */
export interface FearedPart {
  part: 'tool' | 'spindle';
  band: 'watch' | 'critical';
}

/** What the scene needs of a running job: which tool, stock and metal to draw. */
export type SceneJob = Pick<JobDto, 'JobID' | 'JobType' | 'Material' | 'ToolNo' | 'parameters'>;

/**
 * What the pages ask of the one 3D canvas and what it answers. The canvas is mounted once in the shell; a page places a
 * stage, which says which view to show and where. Slow data only: ticks are read from `liveTicks`.
 */
export interface SceneState {
  view: SceneView;
  /** the lathe of view `lathe` */
  latheId: string | undefined;
  /** highlighted on the floor, by keyboard, list or scene */
  selectedId: string | undefined;
  rect: StageRect;
  lathes: LatheDto[];
  /** running jobs by lathe id; a lathe without an entry is drawn with plain steel and a turning tool */
  jobs: Readonly<Record<string, SceneJob>>;
  /** by lathe id; a lathe without an entry has nothing to mark */
  feared: Readonly<Record<string, FearedPart>>;
  rendering: RenderingState;
  /** what a click on a lathe in the scene does; the page on stage decides */
  onSelect: (latheId: string) => void;
  show(view: SceneView, latheId?: string): void;
  setRect(rect: StageRect): void;
  select(latheId: string | undefined): void;
  setLathes(lathes: LatheDto[]): void;
  setJobs(jobs: Readonly<Record<string, SceneJob>>): void;
  setFeared(feared: Readonly<Record<string, FearedPart>>): void;
  setRendering(rendering: RenderingState): void;
  setOnSelect(onSelect: (latheId: string) => void): void;
}

export const sceneStore = createStore<SceneState>()((set, get) => ({
  view: 'hidden',
  latheId: undefined,
  selectedId: undefined,
  rect: { left: 0, top: 0, width: 0, height: 0 },
  lathes: [],
  jobs: {},
  feared: {},
  rendering: 'pending',
  onSelect: () => {},
  show: (view, latheId) => set({ view, latheId }),
  setRect: (rect) => {
    const old = get().rect;
    const same =
      old.left === rect.left && old.top === rect.top && old.width === rect.width && old.height === rect.height;
    if (!same) set({ rect });
  },
  select: (selectedId) => set({ selectedId }),
  setLathes: (lathes) => set({ lathes }),
  setJobs: (jobs) => set({ jobs }),
  setFeared: (feared) => set({ feared }),
  setRendering: (rendering) => set({ rendering }),
  setOnSelect: (onSelect) => set({ onSelect }),
}));

export function useScene<Slice>(select: (state: SceneState) => Slice): Slice {
  return useStore(sceneStore, select);
}
