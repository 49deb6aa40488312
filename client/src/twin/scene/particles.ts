import {
  CustomBlending,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  PlaneGeometry,
  ShaderMaterial,
  Vector3,
} from 'three';
import { MATERIAL_LOOKS } from '../material-looks';
import { PARTICLE_FRAGMENT, PARTICLE_VERTEX } from '../shaders/particles';
import type { StateTextures } from './state-textures';

/** Particles of one lathe at full quality. */
const PER_LATHE = 220;
const MOST_LATHES = 6;
/** Seconds after which the time of the particles starts over without a seam. */
const LOOP_S = 60;

/** Chips and coolant of the lathes nearest to the camera: one draw, nothing kept from frame to frame. */
export class Particles {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  private readonly time = { value: 0 };
  private perLathe = PER_LATHE;

  constructor(textures: StateTextures, shared: Record<string, IUniform>) {
    const geometry = new InstancedBufferGeometry();
    const plane = new PlaneGeometry(1, 1);
    geometry.setAttribute('position', plane.getAttribute('position'));
    geometry.setIndex(plane.getIndex());
    geometry.setAttribute('slot', new InstancedBufferAttribute(new Float32Array(PER_LATHE * MOST_LATHES), 1));
    geometry.setAttribute('seed', new InstancedBufferAttribute(new Float32Array(PER_LATHE * MOST_LATHES), 1));
    const material = new ShaderMaterial({
      uniforms: {
        ...textures.uniforms,
        ...shared,
        uTime: this.time,
        uChips: { value: MATERIAL_LOOKS.map(({ chip: [r, g, b] }) => new Vector3(r * r, g * g, b * b)) },
      },
      vertexShader: PARTICLE_VERTEX,
      fragmentShader: PARTICLE_FRAGMENT,
    });
    material.transparent = true;
    material.depthWrite = false;
    material.blending = CustomBlending;
    material.blendSrc = OneFactor;
    material.blendDst = OneMinusSrcAlphaFactor;
    material.side = 2;
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 2;
    this.show([], 0);
  }

  /** Which lathes throw chips, nearest first; `share` 0 … 1 of the full number. */
  show(slots: readonly number[], share: number): void {
    const { geometry } = this.mesh;
    this.perLathe = Math.round(PER_LATHE * share);
    const chosen = this.perLathe > 0 ? slots.slice(0, MOST_LATHES) : [];
    const slotOf = geometry.getAttribute('slot') as InstancedBufferAttribute;
    const seedOf = geometry.getAttribute('seed') as InstancedBufferAttribute;
    let i = 0;
    for (const slot of chosen) {
      for (let k = 0; k < this.perLathe; k++, i++) {
        slotOf.setX(i, slot);
        seedOf.setX(i, k === 0 ? 1 : (k + 0.5) / this.perLathe);
      }
    }
    slotOf.needsUpdate = seedOf.needsUpdate = true;
    geometry.instanceCount = i;
    this.mesh.visible = i > 0;
  }

  advance(seconds: number): void {
    this.time.value = (this.time.value + seconds) % LOOP_S;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
