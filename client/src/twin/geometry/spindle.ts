import { FINISH } from './finishes';
import type { Detail } from './housing';
import { AXIS_Y, AXIS_Z, CHUCK_RADIUS, FLAG, JAW_LENGTH, OPENING, PART, WORK_ZERO_X } from './layout';
import { type Frame, type MeshBuilder, turnedFrame } from './mesh-builder';
import { screw } from './tools';

const ON_AXIS: Frame = { origin: [WORK_ZERO_X, AXIS_Y, AXIS_Z], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };
const CHUCK_FACE = -JAW_LENGTH;
const CHUCK_BACK = CHUCK_FACE - 0.1;

/** Headstock, three-jaw chuck and the workpiece, which the shader shapes from its profile. */
export function buildSpindle(mesh: MeshBuilder, detail: Detail): void {
  const inside = FLAG.interior;
  const segments = [10, 24, 72][detail] ?? 10;
  mesh.frame = ON_AXIS;
  const wall = OPENING.left - WORK_ZERO_X;
  mesh.as(PART.fixed, FINISH.casting, inside);
  if (detail === 0) mesh.box([wall, -0.2, -0.2], [wall + 0.09, 0.2, 0.2]);
  else {
    mesh.turned(
      [
        [wall, 0.23],
        [wall + 0.03, 0.23],
        [wall + 0.075, 0.2],
        [wall + 0.09, 0.19],
        [wall + 0.09, 0.07],
      ],
      segments,
    );
  }
  if (detail > 0) {
    mesh.as(PART.fixed, FINISH.darkSteel, inside).turned(
      [
        [wall + 0.09, 0.15],
        [wall + 0.125, 0.15],
        [wall + 0.135, 0.14],
        [wall + 0.135, 0.06],
      ],
      segments,
    );
  }
  mesh.as(PART.spindle, FINISH.groundSteel, inside).turned(
    [
      [wall + 0.09, 0.075],
      [CHUCK_BACK, 0.075],
      [CHUCK_BACK, CHUCK_RADIUS - 0.006],
      [CHUCK_BACK + 0.006, CHUCK_RADIUS],
      ...(detail > 1
        ? ([
            [CHUCK_BACK + 0.026, CHUCK_RADIUS],
            [CHUCK_BACK + 0.027, CHUCK_RADIUS - 0.0015],
            [CHUCK_BACK + 0.029, CHUCK_RADIUS - 0.0015],
            [CHUCK_BACK + 0.03, CHUCK_RADIUS],
            [CHUCK_BACK + 0.078, CHUCK_RADIUS],
            [CHUCK_BACK + 0.079, CHUCK_RADIUS - 0.0015],
            [CHUCK_BACK + 0.081, CHUCK_RADIUS - 0.0015],
            [CHUCK_BACK + 0.082, CHUCK_RADIUS],
          ] as const)
        : []),
      [CHUCK_FACE - 0.008, CHUCK_RADIUS],
      [CHUCK_FACE, CHUCK_RADIUS - 0.008],
      [CHUCK_FACE, 0.03],
    ],
    segments,
  );
  mesh.as(PART.spindle, FINISH.darkSteel, inside).turned(
    [
      [CHUCK_FACE, 0.03],
      [CHUCK_FACE - 0.04, 0.03],
      [CHUCK_FACE - 0.04, 0],
    ],
    Math.max(8, segments / 2),
  );
  for (let jaw = 0; jaw < 3; jaw++) buildJaw(mesh, jaw, detail);
  buildWorkpiece(mesh, detail);
}

/**
 * What the eye sees of fast jaws: shells of revolution, as see-through as the gaps between the jaws are wide.
 * Radii are relative to the gripped radius, which the shader adds.
 */
export function buildSmearedJaws(mesh: MeshBuilder): void {
  mesh.frame = ON_AXIS;
  mesh.as(PART.smearRing, FINISH.steel, FLAG.interior);
  mesh.turned(
    [
      [CHUCK_FACE, 0.044],
      [-0.016, 0.044],
      [-0.016, 0.024],
      [0, 0.024],
      [0, 0.001],
    ],
    48,
  );
}

/** A jaw lies on radius 0 … outwards; the shader moves it out to the blank it grips. */
function buildJaw(mesh: MeshBuilder, jaw: number, detail: Detail): void {
  mesh.frame = turnedFrame(ON_AXIS, (2 * Math.PI * jaw) / 3);
  const edge = detail > 1 ? 0.0025 : 0;
  mesh.as(PART.jaw, FINISH.steel, FLAG.interior, jaw);
  mesh.box([CHUCK_FACE + 0.012, 0.0, -0.0165], [0, 0.024, 0.0165], edge);
  mesh.box([CHUCK_FACE + 0.012, 0.0235, -0.0165], [-0.018, 0.048, 0.0165], edge);
  if (detail === 0) return;
  mesh
    .as(PART.jaw, FINISH.groundSteel, FLAG.interior, jaw)
    .box([CHUCK_FACE - 0.004, 0.002, -0.0205], [CHUCK_FACE + 0.0125, 0.058, 0.0205], edge);
  if (detail < 2) return;
  mesh.as(PART.jaw, FINISH.darkSteel, FLAG.interior, jaw);
  screw(mesh, [-0.018, 0.036, 0], 'x', 0.0062, 0.0006);
  screw(mesh, [0, 0.0125, 0], 'x', 0.0062, 0.0006);
  // Serrations of the base jaw, on which top jaws are set step by step.
  for (let i = 0; i < 9; i++) {
    const y = 0.004 + i * 0.006;
    mesh.box([CHUCK_FACE + 0.0122, y, 0.0168], [CHUCK_FACE + 0.0136, y + 0.003, 0.0204]);
    mesh.box([CHUCK_FACE + 0.0122, y, -0.0204], [CHUCK_FACE + 0.0136, y + 0.003, -0.0168]);
  }
  mesh.as(PART.spindle, FINISH.blackHole, FLAG.interior);
  mesh.polygon(
    [CHUCK_FACE + 0.0005, 0.032, 0.0215],
    [CHUCK_FACE + 0.0005, 0.032, -0.0215],
    [CHUCK_FACE + 0.0005, 0.0985, -0.0215],
    [CHUCK_FACE + 0.0005, 0.0985, 0.0215],
  );
  mesh.frame = turnedFrame(ON_AXIS, (2 * Math.PI * (jaw + 0.5)) / 3);
  mesh.as(PART.spindle, FINISH.darkSteel, FLAG.interior);
  for (const side of [-1, 1]) screw(mesh, [CHUCK_FACE, 0.078, side * 0.03], 'x', 0.0072, 0.0012);
  screw(mesh, [CHUCK_FACE, 0.05, 0], 'x', 0.0045, 0.0008);
}

/**
 * Unit tube: x 0 … 1 along the blank, radius 1; extra = profile cell. Two rings per cell keep shoulders sharp.
 * Behind the jaws' front it goes on into the chuck.
 */
function buildWorkpiece(mesh: MeshBuilder, detail: Detail): void {
  const segments = [8, 18, 36][detail] ?? 8;
  const cells = [4, 16, 64][detail] ?? 4;
  const inside = FLAG.interior;
  mesh.frame = { origin: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };
  mesh.as(PART.workpiece, FINISH.work, inside, 0);
  const ring = (x: number, extra: number, nx: number, radius = 1): number => {
    mesh.extra = extra;
    let first = -1;
    for (let s = 0; s <= segments; s++) {
      const angle = (2 * Math.PI * s) / segments;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const id = mesh.vertex([x, cos * radius, sin * radius], nx === 0 ? [0, cos, sin] : [nx, 0, 0]);
      if (first < 0) first = id;
    }
    return first;
  };
  const join = (a: number, b: number): void => {
    for (let s = 0; s < segments; s++) {
      mesh.triangle(a + s, a + s + 1, b + s);
      mesh.triangle(a + s + 1, b + s + 1, b + s);
    }
  };
  const cellOf = (i: number) => Math.min(63, Math.floor(((i + 0.5) * 64) / cells));
  let before = ring(-1, 0, 0);
  for (let i = 0; i < cells; i++) {
    const start = ring(i / cells, cellOf(i), 0);
    join(before, start);
    before = ring((i + 1) / cells, cellOf(i), 0);
    join(start, before);
  }
  mesh.flags = inside | FLAG.face;
  const rim = ring(1, 63, 1);
  mesh.flags = inside | FLAG.face | FLAG.bore;
  join(rim, ring(1, 63, 1));
  if (detail === 0) return;
  mesh.flags = inside | FLAG.bore;
  let deeper = ring(1, 63, 0);
  const bored = Math.min(cells, 16);
  for (let i = bored - 1; i >= 0; i--) {
    const cell = Math.floor(((i + 0.5) * 64) / bored);
    const end = ring((i + 1) / bored, cell, 0);
    join(deeper, end);
    deeper = ring(i / bored, cell, 0);
    join(end, deeper);
  }
}
