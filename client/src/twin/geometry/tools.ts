import { FINISH } from './finishes';
import type { Detail } from './housing';
import { AXIAL_TOOL, FLAG, OUTSIDE_TOOL, PART } from './layout';
import { type Finish, type Frame, type MeshBuilder, shiftedFrame } from './mesh-builder';

const INSIDE = FLAG.interior;
type Plan = readonly (readonly [number, number])[];

/**
 * Insert of an outside tool seen from above, mm from its cutting corner: towards the free end of the work and back
 * into the holder. The corner's angle is that of the insert's letter: C 80°, D 55°.
 */
const INSERTS: Readonly<Record<number, { plan: Plan; finish: Finish; thick: number }>> = {
  1: { plan: rhombus(80, 12.9, 5), finish: FINISH.insert, thick: 4.8 },
  2: { plan: rhombus(55, 15.5, 3), finish: FINISH.cermet, thick: 6.3 },
  3: { plan: rhombus(80, 9.7, 5), finish: FINISH.polishedCarbide, thick: 4 },
  5: { plan: threadTriangle(), finish: FINISH.insert, thick: 3.5 },
  9: { plan: rhombus(80, 12.9, 5), finish: FINISH.ceramic, thick: 4.8 },
  10: { plan: rhombus(80, 12.9, 5), finish: FINISH.pvd, thick: 4.8 },
};

/** Everything that stands in the turret's stations; the frame is that of the station: y outwards, -x to the chuck. */
export function buildStation(mesh: MeshBuilder, station: number, detail: Detail): void {
  if (detail === 0) {
    if (station % 3 === 1)
      mesh.as(PART.turret, FINISH.darkSteel, INSIDE).box([-0.02, 0.12, -0.012], [0.012, OUTSIDE_TOOL.reach, 0.012]);
    return;
  }
  if (station === 4) boringBar(mesh, detail);
  else if (station === 6 || station === 7) drill(mesh, detail, station === 6);
  else if (station === 8) knurl(mesh, detail);
  else if (station > 10) coverPlate(mesh, detail);
  else outsideTool(mesh, detail, station);
}

/** Square shank with an insert whose corner is the tip. */
function outsideTool(mesh: MeshBuilder, detail: Detail, station: number): void {
  const edge = detail > 1 ? 0.003 : 0;
  const { reach, ahead } = OUTSIDE_TOOL;
  mesh.as(PART.turret, FINISH.holder, INSIDE);
  mesh.box([-0.028, 0.118, -0.03], [0.048, 0.15, 0.03], edge);
  mesh.as(PART.turret, FINISH.shank, INSIDE);
  mesh.box([-ahead + 0.007, 0.145, -0.024], [0.014, reach - 0.014, -0.002], edge);
  const insert = INSERTS[station];
  if (!insert) return;
  const plan = insert.plan.map(([back, along]) => [-ahead + along / 1000, reach - back / 1000] as const);
  mesh.as(PART.turret, FINISH.shank, INSIDE);
  slab(
    mesh,
    plan.map(([x, y]) => [x + 0.0008, y - 0.0012] as const),
    -0.022,
    -insert.thick / 1000,
  );
  mesh.as(PART.edge, insert.finish, INSIDE);
  slab(mesh, plan, -insert.thick / 1000, 0);
  if (detail < 2) return;
  clamp(mesh, plan);
  wedge(mesh);
  nozzle(mesh);
}

/** The screw in the middle of an insert. */
function clamp(mesh: MeshBuilder, plan: Plan): void {
  const x = plan.reduce((sum, [value]) => sum + value, 0) / plan.length;
  const y = plan.reduce((sum, [, value]) => sum + value, 0) / plan.length;
  mesh.as(PART.turret, FINISH.darkSteel, INSIDE);
  screw(mesh, [x, y, 0], 'z', 0.0022, 0.0008);
}

/** Two screws that hold the shank in its block. */
function wedge(mesh: MeshBuilder): void {
  mesh.as(PART.turret, FINISH.darkSteel, INSIDE);
  for (const x of [-0.012, 0.03]) screw(mesh, [x, 0.134, 0.03], 'z', 0.006, 0.003);
}

/** Ball of the coolant nozzle beside the tool. */
function nozzle(mesh: MeshBuilder): void {
  const frame = mesh.frame;
  mesh.frame = shiftedFrame({ ...frame, x: frame.y, y: frame.z, z: frame.x }, [0.018, 0.15, 0.016]);
  mesh.as(PART.turret, FINISH.brass, INSIDE).turned(
    [
      [0, 0.006],
      [0.006, 0.006],
      [0.009, 0.0025],
      [0.014, 0.0022],
      [0.014, 0],
    ],
    10,
  );
  mesh.frame = frame;
}

function boringBar(mesh: MeshBuilder, detail: Detail): void {
  block(mesh, detail);
  const segments = detail > 1 ? 24 : 8;
  const tip = AXIAL_TOOL.ahead;
  axially(mesh, () => {
    mesh.as(PART.turret, FINISH.holder, INSIDE).turned(
      [
        [0.04, 0.026],
        [0.062, 0.026],
        [0.066, 0.022],
        [0.066, 0.0115],
      ],
      segments,
    );
    mesh.as(PART.turret, FINISH.shank, INSIDE).turned(
      [
        [0.066, 0.0115],
        [tip - 0.022, 0.0115],
        [tip - 0.003, 0.0095],
        [tip - 0.003, 0],
      ],
      segments,
    );
    mesh.as(PART.edge, FINISH.insert, INSIDE);
    slab(
      mesh,
      [
        [tip, -0.0125],
        [tip - 0.0005, -0.0035],
        [tip - 0.0097, -0.003],
        [tip - 0.0092, -0.012],
      ],
      -0.004,
      0,
    );
  });
}

/** Twist drill in its collet: two flutes, wound to the right. */
function drill(mesh: MeshBuilder, detail: Detail, hss: boolean): void {
  block(mesh, detail);
  const tip = AXIAL_TOOL.ahead;
  const point = hss ? 0.003 : 0.0018;
  axially(mesh, () => {
    mesh.as(PART.turret, FINISH.groundSteel, INSIDE).turned(
      [
        [0.04, 0.022],
        [0.07, 0.022],
        [0.072, 0.02],
        [0.088, 0.013],
        [0.09, 0.012],
        [0.09, 0.004],
      ],
      detail > 1 ? 20 : 8,
    );
    mesh.as(PART.edge, hss ? FINISH.hss : FINISH.carbide, INSIDE);
    if (detail > 1) {
      const section = Array.from({ length: 14 }, (_, i) => {
        const angle = (2 * Math.PI * i) / 14;
        const radius = 0.005 * (0.46 + 0.54 * Math.min(1, 1.5 * Math.abs(Math.cos(angle)) ** 1.4));
        return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
      });
      mesh.twisted(section, 0.09, tip - point, 3.6 * Math.PI, 18);
    } else
      mesh.turned(
        [
          [0.09, 0.005],
          [tip - point, 0.005],
        ] as const,
        8,
      );
    mesh.turned(
      [
        [tip - point, 0.0049],
        [tip, 0],
      ],
      detail > 1 ? 14 : 8,
    );
  });
}

/** Two wheels in a fork that meet the work above and below; drawn is the one towards the viewer. */
function knurl(mesh: MeshBuilder, detail: Detail): void {
  const edge = detail > 1 ? 0.002 : 0;
  const { reach, ahead } = OUTSIDE_TOOL;
  mesh.as(PART.turret, FINISH.holder, INSIDE);
  mesh.box([-0.028, 0.118, -0.03], [0.048, 0.15, 0.03], edge);
  mesh.as(PART.turret, FINISH.shank, INSIDE);
  mesh.box([-ahead - 0.008, 0.145, -0.013], [0.014, reach - 0.03, 0.013], edge);
  for (const side of [-1, 1]) {
    const x = -ahead + side * 0.0065;
    mesh.box([x - 0.002, reach - 0.034, -0.009], [x + 0.002, reach - 0.006, 0.009], edge / 2);
  }
  const frame = mesh.frame;
  mesh.frame = shiftedFrame(frame, [-ahead, reach - 0.01, 0]);
  mesh.as(PART.edge, FINISH.hss, INSIDE);
  mesh.turned(
    [
      [-0.003, 0],
      [-0.003, 0.0095],
      [-0.0026, 0.01],
      [0.0026, 0.01],
      [0.003, 0.0095],
      [0.003, 0],
    ],
    detail > 1 ? 32 : 8,
  );
  mesh.as(PART.turret, FINISH.darkSteel, INSIDE).turned(
    [
      [-0.0095, 0],
      [-0.0095, 0.003],
      [0.0095, 0.003],
      [0.0095, 0],
    ],
    10,
  );
  mesh.frame = frame;
}

function coverPlate(mesh: MeshBuilder, detail: Detail): void {
  mesh.as(PART.turret, FINISH.holder, INSIDE).box([-0.014, 0.128, -0.026], [0.046, 0.138, 0.026], 0.003);
  if (detail < 2) return;
  mesh.as(PART.turret, FINISH.darkSteel, INSIDE);
  for (const x of [-0.004, 0.036]) screw(mesh, [x, 0.138, 0], 'y', 0.005, 0.002);
}

function block(mesh: MeshBuilder, detail: Detail): void {
  const edge = detail > 1 ? 0.006 : 0;
  mesh.as(PART.turret, FINISH.holder, INSIDE).box([-0.05, 0.118, -0.033], [0.048, 0.184, 0.033], edge);
  if (detail < 2) return;
  mesh.as(PART.turret, FINISH.darkSteel, INSIDE);
  for (const x of [-0.03, 0.028]) screw(mesh, [x, 0.184, 0.02], 'y', 0.005, 0.002);
}

/** Cylinder head with a hexagon's shadow in it. */
export function screw(
  mesh: MeshBuilder,
  at: readonly [number, number, number],
  axis: 'x' | 'y' | 'z',
  radius: number,
  height: number,
): void {
  const frame = mesh.frame;
  const { x, y, z } = frame;
  const turned: Frame =
    axis === 'x' ? frame : { ...frame, ...(axis === 'y' ? { x: y, y: z, z: x } : { x: z, y: x, z: y }) };
  mesh.frame = { ...turned, origin: shiftedFrame(frame, at).origin };
  mesh.turned(
    [
      [0, radius],
      [height, radius],
      [height, radius * 0.55],
      [height * 0.2, radius * 0.5],
      [height * 0.2, 0],
    ],
    10,
  );
  mesh.frame = frame;
}

/** Draws in the frame of a tool that points along the spindle: x towards the chuck, origin on its axis. */
function axially(mesh: MeshBuilder, draw: () => void): void {
  const frame = mesh.frame;
  const flip = (v: Frame['x']): Frame['x'] => [-v[0], -v[1], -v[2]];
  const { origin } = shiftedFrame(frame, [0, AXIAL_TOOL.reach, 0]);
  mesh.frame = { origin, x: flip(frame.x), y: frame.y, z: flip(frame.z) };
  draw();
  mesh.frame = frame;
}

/** Plate with `plan` in [x, y] between two heights. */
function slab(mesh: MeshBuilder, plan: Plan, z0: number, z1: number): void {
  const area = plan.reduce((sum, [x, y], i) => {
    const [nx, ny] = plan[(i + 1) % plan.length] ?? [x, y];
    return sum + x * ny - nx * y;
  }, 0);
  const outline = area > 0 ? plan : [...plan].reverse();
  mesh.polygon(...outline.map(([x, y]) => [x, y, z1] as const));
  mesh.polygon(...[...outline].reverse().map(([x, y]) => [x, y, z0] as const));
  outline.forEach(([x, y], i) => {
    const [nx, ny] = outline[(i + 1) % outline.length] ?? [x, y];
    mesh.polygon([x, y, z0], [nx, ny, z0], [nx, ny, z1], [x, y, z1]);
  });
}

/** Corners of a rhombic insert [back, along], mm: its cutting corner at 0, its leading edge `lead`° off the square. */
function rhombus(angleDeg: number, side: number, lead: number): Plan {
  const rad = Math.PI / 180;
  const a = [Math.sin(-lead * rad), Math.cos(lead * rad)] as const;
  const turn = (90 - angleDeg - lead) * rad;
  const b = [Math.cos(turn), Math.sin(turn)] as const;
  return [
    [0, 0],
    [-a[0] * side, a[1] * side],
    [(-a[0] + b[0]) * side, (a[1] + b[1]) * side],
    [b[0] * side, b[1] * side],
  ];
}

function threadTriangle(): Plan {
  return [
    [0, 0],
    [13.9, -8],
    [13.9, 8],
  ];
}
