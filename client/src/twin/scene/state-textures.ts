import { DataTexture, FloatType, type IUniform, NearestFilter, RGBAFormat, UnsignedByteType } from 'three';
import { type FleetMotion, MOTION_FLOATS, TRAIT_FLOATS } from '../motion/fleet-motion';
import { PROFILE_CELLS } from '../motion/workpiece-profile';

/** The fleet's state tables as textures; uniforms shared by every program that draws a lathe. */
export class StateTextures {
  readonly uniforms: Record<'uMotion' | 'uTraits' | 'uProfile', IUniform<DataTexture>>;
  private generation = -1;
  private traitRevision = -1;
  private profileRevision = -1;

  constructor(private readonly motion: FleetMotion) {
    const empty = () => ({ value: new DataTexture() });
    this.uniforms = { uMotion: empty(), uTraits: empty(), uProfile: empty() };
  }

  /** Uploads what changed since the last call. @returns whether the tables were replaced */
  update(): boolean {
    const { motion, uniforms } = this;
    const replaced = this.generation !== motion.generation;
    if (replaced) this.replace();
    uniforms.uMotion.value.needsUpdate = true;
    if (this.traitRevision !== motion.traitRevision) {
      this.traitRevision = motion.traitRevision;
      uniforms.uTraits.value.needsUpdate = true;
    }
    if (this.profileRevision !== motion.profiles.revision) {
      this.profileRevision = motion.profiles.revision;
      uniforms.uProfile.value.needsUpdate = true;
    }
    return replaced;
  }

  /** Slow tables have changed since the last update. */
  isBehind(): boolean {
    const { motion } = this;
    return this.traitRevision !== motion.traitRevision || this.profileRevision !== motion.profiles.revision;
  }

  dispose(): void {
    for (const uniform of Object.values(this.uniforms)) uniform.value.dispose();
  }

  private replace(): void {
    const { motion, uniforms } = this;
    this.dispose();
    this.generation = motion.generation;
    this.traitRevision = -1;
    this.profileRevision = -1;
    const rows = Math.max(1, motion.capacity);
    uniforms.uMotion.value = floats(motion.motion, MOTION_FLOATS / 4, rows);
    uniforms.uTraits.value = floats(motion.traits, TRAIT_FLOATS / 4, rows);
    const profile = new DataTexture(motion.profiles.cells, PROFILE_CELLS, rows, RGBAFormat, UnsignedByteType);
    profile.minFilter = profile.magFilter = NearestFilter;
    uniforms.uProfile.value = profile;
  }
}

function floats(data: Float32Array, width: number, height: number): DataTexture {
  const texture = new DataTexture(data as Float32Array<ArrayBuffer>, width, height, RGBAFormat, FloatType);
  texture.minFilter = texture.magFilter = NearestFilter;
  return texture;
}
