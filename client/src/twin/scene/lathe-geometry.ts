import { BufferAttribute, BufferGeometry, InstancedBufferAttribute, InstancedBufferGeometry } from 'three';
import type { MeshArrays } from '../geometry/mesh-builder';

/** Attributes of a merged mesh; positions in metres, the rest as bytes. */
export function geometryOf(mesh: MeshArrays): BufferGeometry {
  return fill(new BufferGeometry(), mesh);
}

/** The same mesh once for every slot in an instance list. */
export function instancedGeometryOf(mesh: MeshArrays): InstancedBufferGeometry {
  const geometry = fill(new InstancedBufferGeometry(), mesh);
  geometry.instanceCount = 0;
  return geometry;
}

/** Room for `capacity` slots; the list itself is written by `showSlots`. */
export function setCapacity(geometry: InstancedBufferGeometry, capacity: number): void {
  geometry.setAttribute('slot', new InstancedBufferAttribute(new Float32Array(capacity), 1));
}

/** Instances of the first `count` slots of the list that the caller has written. */
export function slotsOf(geometry: InstancedBufferGeometry): Float32Array {
  return (geometry.getAttribute('slot') as InstancedBufferAttribute).array as Float32Array;
}

export function showSlots(geometry: InstancedBufferGeometry, count: number): void {
  const attribute = geometry.getAttribute('slot') as InstancedBufferAttribute;
  attribute.clearUpdateRanges();
  attribute.addUpdateRange(0, count);
  attribute.needsUpdate = true;
  geometry.instanceCount = count;
}

function fill<Geometry extends BufferGeometry>(geometry: Geometry, mesh: MeshArrays): Geometry {
  geometry.setAttribute('position', new BufferAttribute(mesh.position, 3));
  geometry.setAttribute('normalOpen', new BufferAttribute(mesh.normal, 4, true));
  geometry.setAttribute('tint', new BufferAttribute(mesh.tint, 4, true));
  geometry.setAttribute('part', new BufferAttribute(mesh.part, 4, false));
  geometry.setIndex(new BufferAttribute(mesh.index, 1));
  return geometry;
}
