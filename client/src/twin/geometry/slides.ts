import { FINISH } from './finishes';
import type { Detail } from './housing';
import { AXIAL_TOOL, AXIS_Y, AXIS_Z, FLAG, OPENING, OUTSIDE_TOOL, PART, SLANT, TURRET_STATIONS } from './layout';
import { type Frame, type MeshBuilder, turnedFrame } from './mesh-builder';

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
  mesh.box([0.055, -0.12, BED_Z + 0.13], [0.33, 0.13, 0.1], detail > 1 ? 0.02 : 0);
  if (detail > 1) {
    mesh.as(PART.crossSlide, FINISH.cover, INSIDE).box([0.1, -0.09, 0.098], [0.29, 0.1, 0.104], 0.003);
    mesh.as(PART.crossSlide, FINISH.darkSteel, INSIDE).box([0.06, -0.115, -0.05], [0.085, -0.135, 0.05], 0.004);
    mesh.as(PART.crossSlide, FINISH.holder, INSIDE);
    mesh.frame = { ...ON_SLANT, origin: slant(0, 0.01, 0.02) };
    mesh.turned(
      [
        [0.33, 0.075],
        [0.41, 0.075],
        [0.42, 0.068],
        [0.42, 0],
      ],
      28,
    );
  }
  buildTurret(mesh, detail);
}

function buildTurret(mesh: MeshBuilder, detail: Detail): void {
  const apothem = 0.13;
  const corner = apothem / Math.cos(Math.PI / TURRET_STATIONS);
  mesh.frame = ON_TURRET;
  mesh.as(PART.turret, FINISH.groundSteel, INSIDE);
  const outline = Array.from({ length: TURRET_STATIONS }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.5)) / TURRET_STATIONS;
    return [corner * Math.cos(angle), corner * Math.sin(angle)] as const;
  });
  mesh.prism(outline, -0.02, 0.055);
  if (detail > 0) {
    mesh.as(PART.turret, FINISH.darkSteel, INSIDE).turned(
      [
        [-0.02, 0.075],
        [-0.034, 0.075],
        [-0.034, 0],
      ].reverse() as [number, number][],
      detail > 1 ? 36 : 14,
    );
  }
  for (let station = 1; station <= 10; station++) {
    mesh.frame = turnedFrame(ON_TURRET, (2 * Math.PI * (station - 1)) / TURRET_STATIONS);
    if (detail === 0) {
      if (station % 3 !== 1) continue;
      mesh.as(PART.turret, FINISH.darkSteel, INSIDE).box([-0.02, 0.12, -0.012], [0.012, OUTSIDE_TOOL.reach, 0.012]);
    } else if (station === 4) boringBar(mesh, detail);
    else if (station === 6 || station === 7) drill(mesh, detail, station === 6);
    else if (station === 8) knurl(mesh, detail);
    else outsideTool(mesh, detail, station);
  }
}

/** Square shank with an insert whose corner is the tip: reach from the centre, ahead of the disc. */
function outsideTool(mesh: MeshBuilder, detail: Detail, station: number): void {
  const edge = detail > 1 ? 0.003 : 0;
  const { reach, ahead } = OUTSIDE_TOOL;
  mesh.as(PART.turret, FINISH.holder, INSIDE);
  mesh.box([-0.03, 0.115, -0.03], [0.04, 0.152, 0.03], edge);
  mesh.box([-ahead + 0.006, 0.14, -0.022], [0.012, reach - 0.006, 0], edge);
  const threading = station === 5;
  mesh.as(PART.edge, station === 9 ? FINISH.rubber : FINISH.insert, INSIDE);
  const back = reach - (threading ? 0.014 : 0.02);
  const plan: [number, number][] = threading
    ? [
        [-ahead, reach],
        [-ahead - 0.007, back],
        [-ahead + 0.009, back],
      ]
    : [
        [-ahead, reach],
        [-ahead + 0.002, back],
        [-ahead + 0.021, back + 0.0015],
        [-ahead + 0.019, reach - 0.0015],
      ];
  slab(mesh, plan, 0, 0.005);
}

/** Plate with `plan` in [x, y], counter-clockwise from +z, between two heights. */
function slab(mesh: MeshBuilder, plan: readonly (readonly [number, number])[], z0: number, z1: number): void {
  mesh.polygon(...plan.map(([x, y]) => [x, y, z1] as const));
  mesh.polygon(...[...plan].reverse().map(([x, y]) => [x, y, z0] as const));
  plan.forEach(([x, y], i) => {
    const [nx, ny] = plan[(i + 1) % plan.length] ?? [x, y];
    mesh.polygon([x, y, z0], [nx, ny, z0], [nx, ny, z1], [x, y, z1]);
  });
}

function holder(mesh: MeshBuilder, detail: Detail): void {
  mesh.as(PART.turret, FINISH.holder, INSIDE).box([-0.05, 0.115, -0.035], [0.04, 0.185, 0.035], detail > 1 ? 0.005 : 0);
}

function axialFrame(mesh: MeshBuilder, draw: () => void): void {
  const frame = mesh.frame;
  const { reach } = AXIAL_TOOL;
  const origin = [0, 1, 2].map((i) => (frame.origin[i] ?? 0) + (frame.y[i] ?? 0) * reach) as [number, number, number];
  mesh.frame = {
    origin,
    x: frame.x.map((v) => -v) as [number, number, number],
    y: frame.y,
    z: frame.z.map((v) => -v) as [number, number, number],
  };
  draw();
  mesh.frame = frame;
}

function boringBar(mesh: MeshBuilder, detail: Detail): void {
  holder(mesh, detail);
  const segments = detail > 1 ? 24 : 8;
  axialFrame(mesh, () => {
    mesh.as(PART.turret, FINISH.holder, INSIDE).turned(
      [
        [0.04, 0.024],
        [0.06, 0.024],
        [0.06, 0.0115],
        [AXIAL_TOOL.ahead - 0.003, 0.0115],
        [AXIAL_TOOL.ahead - 0.003, 0],
      ],
      segments,
    );
    mesh.as(PART.edge, FINISH.insert, INSIDE);
    mesh.box([AXIAL_TOOL.ahead - 0.012, -0.0125, -0.002], [AXIAL_TOOL.ahead, -0.003, 0.002]);
  });
}

function drill(mesh: MeshBuilder, detail: Detail, hss: boolean): void {
  holder(mesh, detail);
  const segments = detail > 1 ? 16 : 8;
  axialFrame(mesh, () => {
    mesh.as(PART.turret, FINISH.groundSteel, INSIDE).turned(
      [
        [0.04, 0.02],
        [0.075, 0.02],
        [0.09, 0.012],
        [0.09, 0.005],
      ],
      segments,
    );
    mesh.as(PART.edge, hss ? FINISH.hss : FINISH.carbide, INSIDE).turned(
      [
        [0.09, 0.005],
        [AXIAL_TOOL.ahead - 0.003, 0.005],
        [AXIAL_TOOL.ahead, 0],
      ],
      segments,
    );
  });
}

function knurl(mesh: MeshBuilder, detail: Detail): void {
  const { reach, ahead } = OUTSIDE_TOOL;
  mesh.as(PART.turret, FINISH.holder, INSIDE);
  mesh.box([-0.03, 0.115, -0.03], [0.04, 0.152, 0.03], 0.003);
  mesh.box([-ahead - 0.006, 0.145, -0.012], [0.012, reach - 0.024, 0.012], 0.003);
  const frame = mesh.frame;
  const [x, y] = [-ahead, reach - 0.01];
  mesh.frame = {
    ...frame,
    origin: [
      frame.origin[0] + frame.x[0] * x + frame.y[0] * y,
      frame.origin[1] + frame.x[1] * x + frame.y[1] * y,
      frame.origin[2] + frame.x[2] * x + frame.y[2] * y,
    ],
  };
  mesh.as(PART.edge, FINISH.hss, INSIDE).turned(
    [
      [-0.003, 0],
      [-0.003, 0.01],
      [0.003, 0.01],
      [0.003, 0],
    ],
    detail > 1 ? 24 : 8,
  );
  mesh.frame = frame;
}

/** Tailstock; x = 0 is the point of its live centre. */
export function buildTailstock(mesh: MeshBuilder, detail: Detail): void {
  const edge = detail > 1 ? 0.014 : 0;
  mesh.frame = ON_SLANT;
  mesh.as(PART.tailstock, FINISH.casting, INSIDE);
  mesh.box([0.13, -0.28, BED_Z], [0.29, -0.02, BED_Z + 0.07], edge);
  mesh.box([0.12, -0.12, BED_Z + 0.05], [0.28, 0.075, 0.075], edge);
  const segments = [8, 18, 40][detail] ?? 8;
  mesh.as(PART.tailstock, FINISH.steel, INSIDE).turned(
    [
      [0, 0],
      [0.045, 0.02],
      [0.045, 0.03],
      [0.065, 0.03],
      [0.065, 0.026],
      [0.13, 0.026],
    ],
    segments,
  );
}

function slant(x: number, y: number, z: number): [number, number, number] {
  return [x, AXIS_Y + SLANT * (y + z), AXIS_Z + SLANT * (z - y)];
}
