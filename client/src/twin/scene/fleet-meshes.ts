import {
  BufferAttribute,
  DoubleSide,
  Frustum,
  Group,
  type InstancedBufferGeometry,
  type IUniform,
  Matrix4,
  Mesh,
  type PerspectiveCamera,
  ShaderMaterial,
  Sphere,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import { distantLatheMesh, glassMesh, latheMesh } from '../geometry/lathe-model';
import { MATERIAL_LOOKS } from '../material-looks';
import { type FleetMotion, TRAIT_FLOATS } from '../motion/fleet-motion';
import { MARKS_FRAGMENT, MARKS_VERTEX } from '../shaders/hall';
import { GLASS_FRAGMENT, LATHE_FRAGMENT } from '../shaders/lathe-fragment';
import { LATHE_VERTEX } from '../shaders/lathe-vertex';
import { instancedGeometryOf, setCapacity, showSlots, slotsOf } from './lathe-geometry';
import type { Tier } from './quality-ladder';
import type { StateTextures } from './state-textures';

/** Farthest camera distance of the levels of detail from full to coarse, m; beyond the last one an outline is enough. */
const REACH: Record<Tier, readonly [number, number, number]> = { high: [9, 26, 60], software: [4.5, 14, 60] };
/** Camera distance up to which chips are larger than a pixel, m. */
const CHIPS_VISIBLE = 13;
const BODY_RADIUS = 2.4;

/** All lathes in a handful of draws: one per level of detail, one of glass, one of floor marks. */
export class FleetMeshes {
  readonly group = new Group();
  private readonly levels: readonly InstancedBufferGeometry[];
  private readonly glass: InstancedBufferGeometry;
  private readonly marks: InstancedBufferGeometry;
  private readonly meshes: Mesh[] = [];
  private readonly frustum = new Frustum();
  private readonly sphere = new Sphere(new Vector3(), BODY_RADIUS);
  private readonly matrix = new Matrix4();
  private slots: readonly number[] = [];
  /** slots near enough for chips to be seen, nearest first */
  readonly close: { slot: number; distance: number }[] = [];

  constructor(
    private readonly motion: FleetMotion,
    textures: StateTextures,
    shared: Record<string, IUniform>,
    private readonly tier: Tier,
  ) {
    const uniforms = { ...textures.uniforms, ...shared, ...lookUniforms() };
    const opaque = new ShaderMaterial({ uniforms, vertexShader: LATHE_VERTEX, fragmentShader: LATHE_FRAGMENT });
    if (tier === 'software') opaque.defines = { FRUGAL: '' };
    const pane = new ShaderMaterial({ uniforms, vertexShader: LATHE_VERTEX, fragmentShader: GLASS_FRAGMENT });
    pane.transparent = true;
    pane.depthWrite = false;
    pane.side = DoubleSide;
    const painted = new ShaderMaterial({ uniforms, vertexShader: MARKS_VERTEX, fragmentShader: MARKS_FRAGMENT });
    painted.transparent = true;
    painted.depthWrite = false;
    const levels = [latheMesh(2), latheMesh(1), latheMesh(0), distantLatheMesh()];
    this.levels = levels.map((mesh) => this.add(instancedGeometryOf(mesh), opaque, 0));
    this.glass = this.add(instancedGeometryOf(glassMesh()), pane, 3);
    this.marks = this.add(markGeometry(), painted, 1);
  }

  /** Which slots have a lathe; call when the fleet or the tables change. */
  setSlots(slots: readonly number[]): void {
    this.slots = slots;
    for (const geometry of [...this.levels, this.glass, this.marks]) {
      setCapacity(geometry, Math.max(1, slots.length));
      geometry.instanceCount = 0;
    }
  }

  /** Sorts the lathes in view by distance into levels of detail; call when the camera or the fleet has moved. */
  cull(camera: PerspectiveCamera): void {
    this.frustum.setFromProjectionMatrix(
      this.matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse),
    );
    const counts = [0, 0, 0, 0];
    this.close.length = 0;
    let glass = 0;
    let marks = 0;
    const reach = REACH[this.tier];
    const { traits } = this.motion;
    const eye = camera.position;
    for (const slot of this.slots) {
      const x = traits[slot * TRAIT_FLOATS] ?? 0;
      const z = traits[slot * TRAIT_FLOATS + 1] ?? 0;
      this.sphere.center.set(x, 1, z);
      if (!this.frustum.intersectsSphere(this.sphere)) continue;
      const distance = Math.hypot(eye.x - x, eye.y - 1, eye.z - z);
      if (distance < CHIPS_VISIBLE) this.close.push({ slot, distance });
      const level = distance < reach[0] ? 0 : distance < reach[1] ? 1 : distance < reach[2] ? 2 : 3;
      const list = slotsOf(this.levels[level] as InstancedBufferGeometry);
      list[counts[level] ?? 0] = slot;
      counts[level] = (counts[level] ?? 0) + 1;
      if (level < 2) slotsOf(this.glass)[glass++] = slot;
      slotsOf(this.marks)[marks++] = slot;
    }
    this.close.sort((a, b) => a.distance - b.distance);
    this.levels.forEach((geometry, level) => {
      showSlots(geometry, counts[level] ?? 0);
    });
    showSlots(this.glass, glass);
    showSlots(this.marks, marks);
    for (const mesh of this.meshes) mesh.visible = (mesh.geometry as InstancedBufferGeometry).instanceCount > 0;
  }

  dispose(): void {
    for (const mesh of this.meshes) {
      mesh.geometry.dispose();
      (mesh.material as ShaderMaterial).dispose();
    }
  }

  private add(geometry: InstancedBufferGeometry, material: ShaderMaterial, order: number): InstancedBufferGeometry {
    const mesh = new Mesh(geometry, material);
    mesh.frustumCulled = false;
    mesh.matrixAutoUpdate = false;
    mesh.renderOrder = order;
    setCapacity(geometry, 1);
    this.meshes.push(mesh);
    this.group.add(mesh);
    return geometry;
  }
}

function markGeometry(): InstancedBufferGeometry {
  const geometry = instancedGeometryOf({
    position: new Float32Array([-2.3, 0, -1.7, -2.3, 0, 1.6, 2.7, 0, 1.6, 2.7, 0, -1.7]),
    normal: new Int8Array(16),
    tint: new Uint8Array(16),
    part: new Uint8Array(16),
    index: new Uint32Array([0, 1, 2, 0, 2, 3]),
  });
  for (const unused of ['normalOpen', 'tint', 'part']) geometry.deleteAttribute(unused);
  geometry.setIndex(new BufferAttribute(new Uint16Array([0, 1, 2, 0, 2, 3]), 1));
  return geometry;
}

function lookUniforms(): Record<string, IUniform> {
  const linear = (c: number) => c * c * (0.305306 * c + 0.682171) + 0.012522 * c;
  const row = ([r, g, b]: readonly [number, number, number], roughness: number) =>
    new Vector4(linear(r), linear(g), linear(b), roughness);
  return {
    uLooks: {
      value: MATERIAL_LOOKS.flatMap((look) => [
        row(look.machined, look.machinedRoughness),
        row(look.skin, look.skinRoughness),
      ]),
    },
    uLookKinds: { value: MATERIAL_LOOKS.map((look) => new Vector2(look.metalness, look.grain)) },
  };
}
