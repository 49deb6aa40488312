import { buildGuardFrame, buildGuardPane, buildHousing, type Detail } from './housing';
import { type MeshArrays, MeshBuilder } from './mesh-builder';
import { buildBed, buildSlides, buildTailstock } from './slides';
import { buildSpindle } from './spindle';

export type { Detail } from './housing';

/** The opaque lathe, merged into one mesh. */
export function latheMesh(detail: Detail): MeshArrays {
  const mesh = new MeshBuilder();
  buildHousing(mesh, detail);
  buildBed(mesh, detail);
  buildSpindle(mesh, detail);
  buildSlides(mesh, detail);
  buildTailstock(mesh, detail);
  buildGuardFrame(mesh, detail);
  return mesh.build();
}

/** The pane of the guard. */
export function glassMesh(): MeshArrays {
  const mesh = new MeshBuilder();
  buildGuardPane(mesh);
  return mesh.build();
}
