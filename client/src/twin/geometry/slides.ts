import { FINISH } from './finishes';
import type { Detail } from './housing';
import { AXIS_Y, AXIS_Z, FLAG, OPENING, PART, SLANT, TURRET_STATIONS } from './layout';
import { type Frame, type MeshBuilder, turnedFrame } from './mesh-builder';
import { buildStation, screw } from './tools';

const INSIDE = FLAG.interior;
/** x along the spindle, y away from it along the cross slide, z out of the bed towards the operator. */
const ON_SLANT: Frame = { origin: [0, AXIS_Y, AXIS_Z], x: [1, 0, 0], y: [0, SLANT, -SLANT], z: [0, SLANT, SLANT] };
/** Frame of the turret at rest; its y points from the turret to the spindle, so that station 1 lies on +y. */
const ON_TURRET: Frame = { origin: [0, 0, 0], x: [1, 0, 0], y: [0, -SLANT, SLANT], z: [0, -SLANT, -SLANT] };

const BED_Z = -0.27;

/** Slanted bed with its ways. */
export function buildBed(mesh: MeshBuilder, detail: Detail): void {
  const { left, right } = OPENING;
  mesh.frame = ON_SLANT;
  mesh.as(PART.fixed, FINISH.casting, INSIDE).box([left, -0.42, BED_Z - 0.2], [right, 0.62, BED_Z - 0.03]);
  if (detail === 0) return;
  mesh.as(PART.fixed, FINISH.steel, INSIDE);
  for (const y of [0.06, 0.34, -0.14, -0.27])
    mesh.box([left, y, BED_Z - 0.03], [right, y + 0.04, BED_Z], detail > 1 ? 0.004 : 0);
  if (detail < 2) return;
  mesh.as(PART.fixed, FINISH.darkSteel, INSIDE);
  mesh.frame = { ...ON_SLANT, origin: slant(0, 0.21, BED_Z + 0.005) };
  mesh.turned(
    [
      [left, 0.016],
      [right, 0.016],
    ],
    14,
  );
}

/** Carriage, cross slide and turret; the vertex shader places each where the stream says. */
export function buildSlides(mesh: MeshBuilder, detail: Detail): void {
  const edge = detail > 1 ? 0.006 : 0;
  mesh.frame = ON_SLANT;
  mesh.as(PART.carriage, FINISH.casting, INSIDE).box([-0.02, -0.02, BED_Z], [0.36, 0.6, BED_Z + 0.055], edge);
  if (detail > 0) {
    mesh.as(PART.carriage, FINISH.steel, INSIDE);
    for (const x of [0.02, 0.28]) mesh.box([x, -0.01, BED_Z + 0.055], [x + 0.04, 0.59, BED_Z + 0.08], edge);
    const steps = detail > 1 ? 5 : 2;
    for (let step = 0; step < steps; step++) {
      mesh.as(PART.wayCover, FINISH.wayCover, INSIDE, step + 16 * steps);
      const rise = BED_Z + 0.01 + 0.006 * step;
      mesh.box([0, 0.0, BED_Z - 0.02], [1, 0.46, rise]);
    }
  }
  mesh.as(PART.crossSlide, FINISH.casting, INSIDE);
  mesh.box([0.0, -0.15, BED_Z + 0.07], [0.34, 0.2, BED_Z + 0.14], edge);
  buildTurretHead(mesh, detail);
  buildTurret(mesh, detail);
}

/** Housing of the indexing drive: a foot, a bowed body and the motor behind it. */
function buildTurretHead(mesh: MeshBuilder, detail: Detail): void {
  if (detail === 0) {
    mesh.box([0.055, -0.12, BED_Z + 0.13], [0.33, 0.13, 0.1]);
    return;
  }
  const segments = detail > 1 ? 36 : 16;
  mesh.frame = ON_SLANT;
  mesh.box([0.075, -0.105, BED_Z + 0.13], [0.325, 0.105, 0.03], detail > 1 ? 0.016 : 0);
  mesh.frame = ON_SLANT;
  mesh.turned(
    [
      [0.05, 0],
      [0.05, 0.094],
      [0.056, 0.1],
      [0.09, 0.1],
      [0.094, 0.112],
      [0.31, 0.112],
      [0.325, 0.1],
      [0.325, 0],
    ],
    segments,
  );
  mesh.as(PART.crossSlide, FINISH.cover, INSIDE).turned(
    [
      [0.13, 0.1125],
      [0.13, 0.1145],
      [0.275, 0.1145],
      [0.275, 0.1125],
    ],
    segments,
  );
  if (detail < 2) return;
  mesh.as(PART.crossSlide, FINISH.darkSteel, INSIDE).turned(
    [
      [0.325, 0.07],
      [0.415, 0.07],
      [0.424, 0.062],
      [0.424, 0],
    ],
    28,
  );
  for (let rib = 0; rib < 5; rib++) {
    const x = 0.338 + rib * 0.015;
    mesh.turned(
      [
        [x, 0.07],
        [x, 0.075],
        [x + 0.006, 0.075],
        [x + 0.006, 0.07],
      ],
      28,
    );
  }
  mesh.as(PART.crossSlide, FINISH.rubber, INSIDE).box([0.012, -0.152, BED_Z + 0.072], [0.34, -0.156, BED_Z + 0.1]);
}

function buildTurret(mesh: MeshBuilder, detail: Detail): void {
  const apothem = 0.128;
  const corner = apothem / Math.cos(Math.PI / TURRET_STATIONS);
  mesh.frame = ON_TURRET;
  mesh.as(PART.turret, FINISH.groundSteel, INSIDE);
  const outline = Array.from({ length: TURRET_STATIONS }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.5)) / TURRET_STATIONS;
    return [corner * Math.cos(angle), corner * Math.sin(angle)] as const;
  });
  if (detail === 0) mesh.prism(outline, -0.02, 0.055);
  else {
    const inner = outline.map(([y, z]) => [y * 0.955, z * 0.955] as const);
    mesh.prism(outline, -0.014, 0.05);
    mesh.prism(inner, -0.02, -0.0139);
    buildTurretFace(mesh, detail);
  }
  for (let station = 1; station <= TURRET_STATIONS; station++) {
    mesh.frame = turnedFrame(ON_TURRET, (2 * Math.PI * (station - 1)) / TURRET_STATIONS);
    buildStation(mesh, station, detail);
    if (detail < 2) continue;
    mesh.as(PART.turret, FINISH.darkSteel, INSIDE);
    screw(mesh, [-0.0205, 0.104, 0], 'x', 0.0055, -0.0005);
  }
}

/** Cap, clamping ring and coolant seal in the middle of the disc. */
function buildTurretFace(mesh: MeshBuilder, detail: Detail): void {
  const segments = detail > 1 ? 40 : 14;
  const facing = (outline: [number, number][]) => mesh.turned(outline.reverse(), segments);
  mesh.as(PART.turret, FINISH.darkSteel, INSIDE);
  facing([
    [-0.019, 0.088],
    [-0.026, 0.086],
    [-0.026, 0.062],
    [-0.022, 0.06],
    [-0.022, 0.05],
  ]);
  mesh.as(PART.turret, FINISH.steel, INSIDE);
  facing([
    [-0.02, 0.05],
    [-0.036, 0.048],
    [-0.038, 0.044],
    [-0.038, 0.02],
    [-0.034, 0.018],
    [-0.034, 0],
  ]);
}

/** Tailstock; x = 0 is the point of its live centre. */
export function buildTailstock(mesh: MeshBuilder, detail: Detail): void {
  const edge = detail > 1 ? 0.014 : 0;
  const segments = [8, 18, 40][detail] ?? 8;
  mesh.frame = ON_SLANT;
  mesh.as(PART.tailstock, FINISH.casting, INSIDE);
  mesh.box([0.13, -0.28, BED_Z], [0.3, -0.02, BED_Z + 0.07], edge);
  mesh.box([0.125, -0.1, BED_Z + 0.05], [0.29, 0.06, detail > 0 ? -0.02 : 0.07], edge);
  if (detail === 0) return;
  mesh.turned(
    [
      [0.11, 0.028],
      [0.11, 0.05],
      [0.12, 0.058],
      [0.13, 0.078],
      [0.28, 0.078],
      [0.29, 0.07],
      [0.29, 0],
    ],
    segments,
  );
  mesh.as(PART.tailstock, FINISH.steel, INSIDE).turned(
    [
      [0, 0],
      [0.034, 0.0195],
      [0.034, 0.03],
      [0.037, 0.032],
      [0.062, 0.032],
      [0.066, 0.028],
      [0.066, 0.024],
      [0.11, 0.024],
    ],
    segments,
  );
  if (detail < 2) return;
  mesh.as(PART.tailstock, FINISH.darkSteel, INSIDE);
  for (const x of [0.15, 0.27]) for (const y of [-0.25, -0.06]) screw(mesh, [x, y, BED_Z + 0.07], 'z', 0.011, 0.01);
  mesh.turned(
    [
      [0.048, 0.0325],
      [0.048, 0.033],
      [0.052, 0.033],
      [0.052, 0.0325],
    ],
    segments,
  );
}

function slant(x: number, y: number, z: number): [number, number, number] {
  return [x, AXIS_Y + SLANT * (y + z), AXIS_Z + SLANT * (z - y)];
}
