import { Group, type IUniform, type PerspectiveCamera, Vector3 } from 'three';
import type { LatheDto } from '#domain/contract/lathe.js';
import { type SceneState, sceneStore } from '../../live/scene-store';
import type { FloorExtent } from '../geometry/hall-model';
import { AXIS_Y, AXIS_Z, SLANT } from '../geometry/layout';
import { MOTION_FLOATS } from '../motion/fleet-motion';
import type { TwinRuntime } from '../twin-runtime';
import { CameraRig } from './camera-rig';
import { FleetMeshes } from './fleet-meshes';
import { HallMeshes } from './hall-meshes';
import { Labels } from './labels';
import { Particles } from './particles';
import { type PartName, pickLathe, placeOf } from './picking';
import type { QualityLadder } from './quality-ladder';
import { StateTextures } from './state-textures';

/** The scene: what stands in it, how the pages' wishes change it, and one step per frame. */
export class Stage {
  readonly group = new Group();
  readonly rig = new CameraRig();
  private readonly shared: Record<string, IUniform> = { uFog: { value: 0.00007 } };
  private readonly textures: StateTextures;
  private readonly fleet: FleetMeshes;
  private readonly hall: HallMeshes;
  private readonly labels: Labels;
  private readonly particles: Particles;
  private readonly byId = new Map<string, LatheDto>();
  private seen: Partial<SceneState> = {};
  private dirty = true;
  private hoveredId: string | undefined;
  private readonly point = new Vector3();

  constructor(
    private readonly runtime: TwinRuntime,
    private readonly camera: PerspectiveCamera,
    private readonly ladder: QualityLadder,
    private readonly calm: () => boolean,
    invalidate: () => void,
  ) {
    this.textures = new StateTextures(runtime.motion);
    this.fleet = new FleetMeshes(runtime.motion, this.textures, this.shared, ladder.tier);
    this.hall = new HallMeshes(this.shared);
    this.labels = new Labels(runtime.motion, invalidate);
    this.particles = new Particles(this.textures, this.shared);
    this.group.add(this.hall.group, this.fleet.group, this.particles.mesh, this.labels.mesh);
  }

  /** Takes over what the pages changed. */
  follow(state: SceneState): void {
    const { seen } = this;
    const first = seen.lathes === undefined;
    if (state.lathes !== seen.lathes || state.jobs !== seen.jobs) {
      this.runtime.motion.setFleet(state.lathes, state.jobs);
      if (state.lathes !== seen.lathes) this.placeLathes(state.lathes, seen.lathes ?? []);
    }
    if (state.feared !== seen.feared) this.runtime.motion.setFeared(state.feared);
    this.mark(state.selectedId, this.hoveredId);
    const moved = state.view !== seen.view || state.latheId !== seen.latheId || first;
    const arrived = (seen.lathes?.length ?? 0) === 0 && state.lathes.length > 0;
    if (moved || arrived)
      this.frame(state, seen.view === undefined || seen.view === 'hidden' || arrived || this.calm());
    else if (state.view === 'floor' && state.selectedId !== seen.selectedId) {
      const chosen = this.byId.get(state.selectedId ?? '');
      if (chosen) this.rig.approach(chosen, this.calm());
      else this.rig.showFloor(this.camera, this.calm());
    }
    this.seen = state;
    this.dirty = true;
  }

  /** The picture's shape changed. */
  resized(width: number, height: number): void {
    this.labels.setViewport(width, height);
    if (this.seen.view && this.seen.view !== 'hidden') this.frame(sceneStore.getState(), true);
    this.dirty = true;
  }

  /** Brings the scene to this moment. @returns whether the camera is on its way */
  step(seconds: number): boolean {
    this.runtime.motion.calm = this.calm();
    if (this.textures.update()) this.dirty = true;
    const cameraMoved = this.rig.update(this.camera, seconds);
    if (cameraMoved || this.dirty) this.cull();
    this.dirty = false;
    if (!this.runtime.frozen) this.particles.advance(seconds);
    this.refreshLabels();
    return cameraMoved;
  }

  /** Whether the stream changed something since the last frame. Call after the runtime has advanced. */
  hasNews(): boolean {
    const { motion, frozen } = this.runtime;
    return (motion.moving && !frozen) || this.textures.isBehind() || this.refreshLabels();
  }

  hover(latheId: string | undefined): boolean {
    if (latheId === this.hoveredId) return false;
    this.hoveredId = latheId;
    this.mark(sceneStore.getState().selectedId, latheId);
    return true;
  }

  /** @param x - and `y`: normalised device coordinates */
  pick(x: number, y: number): { lathe: LatheDto; part: PartName } | null {
    const { camera, point } = this;
    point.set(x, y, 0.5).unproject(camera).sub(camera.position);
    const { lathes, view, latheId } = sceneStore.getState();
    return pickLathe(view === 'lathe' ? lathes.filter(({ id }) => id === latheId) : lathes, camera.position, point);
  }

  /** Normalised device coordinates of a part; z > 1 is behind the camera. */
  project(latheId: string, part: PartName): Vector3 | null {
    const lathe = this.byId.get(latheId);
    if (!lathe) return null;
    const local = part === 'tool' ? this.tipOf(lathe.index) : placeOf(part);
    return this.point
      .set(local.x + lathe.position.x, local.y, local.z + lathe.position.z)
      .project(this.camera)
      .clone();
  }

  dispose(): void {
    this.labels.dispose();
    this.particles.dispose();
    this.fleet.dispose();
    this.hall.dispose();
    this.textures.dispose();
  }

  private cull(): void {
    this.fleet.cull(this.camera);
    const near = this.fleet.close.map(({ slot }) => slot);
    this.particles.show(near, this.calm() ? 0 : this.ladder.rung.particles);
  }

  private refreshLabels(): boolean {
    const { view, selectedId, lathes } = sceneStore.getState();
    if (view !== 'floor') {
      this.labels.hide();
      return false;
    }
    return this.labels.refresh(lathes, selectedId, this.camera, performance.now());
  }

  private tipOf(slot: number): { x: number; y: number; z: number } {
    const { motion } = this.runtime.motion;
    const across = (motion[slot * MOTION_FLOATS + 5] ?? 0) * SLANT;
    return { x: motion[slot * MOTION_FLOATS + 4] ?? 0, y: AXIS_Y + across, z: AXIS_Z - across };
  }

  private placeLathes(lathes: readonly LatheDto[], before: readonly LatheDto[]): void {
    this.byId.clear();
    for (const lathe of lathes) this.byId.set(lathe.id, lathe);
    const places = (list: readonly LatheDto[]) =>
      list.map(({ index, position }) => `${index}:${position.x},${position.z}`).join();
    if (places(lathes) === places(before) && before.length > 0) return;
    const extent = extentOf(lathes);
    this.rig.setExtent(extent);
    this.hall.fit(extent, lathes);
    const span = Math.hypot(extent.maxX - extent.minX, extent.maxZ - extent.minZ) + 40;
    if (this.shared['uFog']) this.shared['uFog'].value = 0.45 / span ** 2;
    this.fleet.setSlots(lathes.map(({ index }) => index));
  }

  private frame(state: SceneState, atOnce: boolean): void {
    const lathe = state.view === 'lathe' ? this.byId.get(state.latheId ?? '') : undefined;
    if (lathe) this.rig.showLathe(lathe, this.camera, atOnce);
    else if (state.view === 'floor') this.rig.showFloor(this.camera, atOnce);
  }

  private mark(selectedId: string | undefined, hoveredId: string | undefined): void {
    const slot = (id: string | undefined) => this.byId.get(id ?? '')?.index ?? -1;
    const onFloor = sceneStore.getState().view === 'floor';
    this.runtime.motion.setMarked(onFloor ? slot(selectedId) : -1, onFloor ? slot(hoveredId) : -1);
  }
}

function extentOf(lathes: readonly LatheDto[]): FloorExtent {
  if (lathes.length === 0) return { minX: -8, maxX: 8, minZ: -6, maxZ: 6 };
  const xs = lathes.map(({ position }) => position.x);
  const zs = lathes.map(({ position }) => position.z);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return { minX: least(xs), maxX: most(xs), minZ: least(zs), maxZ: most(zs) };
}
