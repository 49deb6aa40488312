import { liveTicks } from '../live/tick-buffer';
import { FleetMotion, type LathePose } from './motion/fleet-motion';
import type { OrbitView } from './scene/orbit';
import type { PartName } from './scene/picking';

/** What the canvas, once it stands, can answer. */
export interface TwinView {
  project(latheId: string, part: PartName): { x: number; y: number; visible: boolean } | null;
  pick(x: number, y: number): { id: string; part: PartName } | null;
  /** Where the camera stands and looks; with a view given, it stands there at once. */
  camera(view?: Partial<OrbitView>): OrbitView;
  /** Draws one frame now. */
  draw(): void;
  requestFrame(): void;
  settled(): Promise<void>;
  quality(): { tier: string; pixelRatio: number; framesPerSecond: number };
}

export interface DrawCounts {
  drawCalls: number;
  triangles: number;
  programs: number;
  geometries: number;
  textures: number;
}

/** The twin apart from its picture: it knows poses before there is a canvas, and where there never will be one. */
export class TwinRuntime {
  readonly motion = new FleetMotion(liveTicks);
  readonly counts: DrawCounts = { drawCalls: 0, triangles: 0, programs: 0, geometries: 0, textures: 0 };
  frames = 0;
  lastFrameSequence = 0;
  frozen = false;
  view: TwinView | undefined;
  /** the canvas is drawing; otherwise poses move on when they are asked for */
  drawing = false;

  /** Stops the stream's time at `atMs` (epoch ms of the stream; default: what is shown now) and draws it. */
  freeze(atMs?: number): void {
    this.frozen = true;
    if (atMs !== undefined) this.motion.jumpTo(atMs);
    this.view?.draw();
  }

  /** Moves frozen time on by `stepMs` and draws; 0 only draws. */
  step(stepMs: number): void {
    this.frozen = true;
    this.motion.step(stepMs);
    this.view?.draw();
  }

  unfreeze(): void {
    this.frozen = false;
    this.view?.requestFrame();
  }

  advance(pageMs: number): void {
    if (this.frozen) return;
    this.motion.advance(pageMs);
    this.lastFrameSequence = liveTicks.lastSequence;
  }

  poseOf(latheId: string): LathePose | null {
    const slot = liveTicks.slotOf(latheId);
    if (slot < 0) return null;
    if (!this.drawing) this.advance(performance.now());
    return this.motion.poseOf(slot);
  }
}

export const twin = new TwinRuntime();
