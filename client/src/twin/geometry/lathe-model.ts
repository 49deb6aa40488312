import { buildGuardFrame, buildGuardPane, buildHousing, buildWorkArea, type Detail } from './housing';
import { type MeshArrays, MeshBuilder } from './mesh-builder';
import { buildBed, buildSlides, buildTailstock } from './slides';
import { buildSpeck } from './speck';
import { buildSmearedJaws, buildSpindle } from './spindle';

export type { Detail } from './housing';

/** The opaque lathe, merged into one mesh. */
export function latheMesh(detail: Detail): MeshArrays {
  const mesh = new MeshBuilder();
  // From front to back as the camera sees it, so that what is hidden is not shaded first.
  buildGuardFrame(mesh, detail);
  buildHousing(mesh, detail);
  buildSpindle(mesh, detail);
  buildSlides(mesh, detail);
  buildTailstock(mesh, detail);
  buildBed(mesh, detail);
  buildWorkArea(mesh, detail);
  return mesh.build();
}

/** The same lathe from so far that only its outline, its light and its motion can be told. */
export function distantLatheMesh(): MeshArrays {
  const mesh = new MeshBuilder();
  buildSpeck(mesh);
  return mesh.build();
}

/** What is drawn see-through: smeared jaws, then the pane of the guard in front of them. */
export function glassMesh(): MeshArrays {
  const mesh = new MeshBuilder();
  buildSmearedJaws(mesh);
  buildGuardPane(mesh);
  return mesh.build();
}
