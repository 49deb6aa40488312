import { FINISH } from './finishes';
import { BACK_Z, FLAG, FRONT_Z, HALF_WIDTH, HEIGHT, OPENING, PART } from './layout';
import { type MeshBuilder, type Vec3, WORLD_FRAME } from './mesh-builder';

/** 0 far away, 1 on the floor, 2 in front of the camera. */
export type Detail = 0 | 1 | 2;

const EDGE = 0.018;
const LIP_Z = FRONT_Z - 0.06;
const INNER_BACK_Z = -0.66;
const INNER_TOP = 1.74;

/** Sheet-metal housing with its open front, guard and panel. */
export function buildHousing(mesh: MeshBuilder, detail: Detail): void {
  const edge = detail > 0 ? EDGE : 0;
  mesh.frame = WORLD_FRAME;
  const { left, right, bottom, top } = OPENING;
  const outline = [
    [0.12, BACK_Z],
    [HEIGHT, BACK_Z],
    [HEIGHT, 0.34],
    [top + 0.02, FRONT_Z - 0.08],
    [bottom, FRONT_Z],
    [0.12, FRONT_Z],
  ] as const;

  mesh.as(PART.fixed, FINISH.panel).prism(outline, -HALF_WIDTH, left).prism(outline, right, HALF_WIDTH);
  mesh
    .as(PART.fixed, FINISH.plinth)
    .box([-HALF_WIDTH + 0.05, 0, BACK_Z + 0.06], [HALF_WIDTH - 0.05, 0.12, FRONT_Z - 0.06]);
  mesh.as(PART.fixed, FINISH.apron).box([left, 0.12, 0.2], [right, bottom, FRONT_Z], edge);
  mesh.as(PART.fixed, FINISH.panel);
  const eaves = 0.34;
  mesh.prism(
    [
      [INNER_TOP, BACK_Z],
      [HEIGHT, BACK_Z],
      [HEIGHT, eaves],
      [INNER_TOP, eaves],
    ],
    left,
    right,
  );
  mesh.prism(
    [
      [INNER_TOP, eaves],
      [HEIGHT, eaves],
      [top + 0.02, FRONT_Z - 0.08],
      [top, FRONT_Z - 0.1],
    ],
    left,
    right,
  );
  mesh
    .as(PART.fixed, FINISH.accent)
    .box([left - 0.02, top - 0.03, FRONT_Z - 0.13], [right + 0.02, top + 0.045, FRONT_Z - 0.045], edge);
  if (detail > 0) buildTrim(mesh, detail);
  buildStackLight(mesh, detail);
  buildPanel(mesh, detail);
  buildConveyor(mesh, edge);
}

/** Walls, pan and lamp inside. */
export function buildWorkArea(mesh: MeshBuilder, detail: Detail): void {
  mesh.frame = WORLD_FRAME;
  const { left, right, bottom, top } = OPENING;
  const inside = FLAG.interior;
  mesh.as(PART.fixed, FINISH.inside, inside);
  mesh.polygon(
    [left, INNER_TOP, INNER_BACK_Z],
    [left, 0.5, INNER_BACK_Z],
    [right, 0.5, INNER_BACK_Z],
    [right, INNER_TOP, INNER_BACK_Z],
  );
  const side = [
    [0.5, INNER_BACK_Z],
    [INNER_TOP, INNER_BACK_Z],
    [INNER_TOP, 0.26],
    [top, FRONT_Z - 0.1],
    [bottom, LIP_Z],
    [0.5, LIP_Z],
  ] as const;
  mesh.polygon(...side.map(([y, z]): Vec3 => [left + 0.002, y, z]));
  mesh.polygon(...[...side].reverse().map(([y, z]): Vec3 => [right - 0.002, y, z]));
  mesh.polygon(
    [left, INNER_TOP, INNER_BACK_Z],
    [right, INNER_TOP, INNER_BACK_Z],
    [right, INNER_TOP, 0.3],
    [left, INNER_TOP, 0.3],
  );
  mesh.as(PART.fixed, FINISH.sheet, inside);
  mesh.polygon([left, 0.62, -0.1], [left, bottom - 0.02, LIP_Z], [right, bottom - 0.02, LIP_Z], [right, 0.62, -0.1]);
  mesh
    .as(PART.fixed, FINISH.steel)
    .box([left, bottom - 0.02, LIP_Z - 0.02], [right, bottom + 0.012, FRONT_Z + 0.006], detail > 1 ? 0.006 : 0);
  mesh.as(PART.workLight, FINISH.lamp, inside).box([left + 0.12, 1.685, 0.24], [right - 0.12, 1.715, 0.285]);
}

function buildTrim(mesh: MeshBuilder, detail: Detail): void {
  const { left, right, bottom } = OPENING;
  const front = FRONT_Z + 0.002;
  mesh.as(PART.statusStripe, FINISH.stripe);
  mesh.box([-HALF_WIDTH + 0.1, 0.62, FRONT_Z - 0.01], [left - 0.06, 0.66, front + 0.004]);
  mesh.box([right + 0.06, 0.62, FRONT_Z - 0.01], [HALF_WIDTH - 0.1, 0.66, front + 0.004]);
  mesh.as(PART.fixed, FINISH.panelShade);
  mesh.box([-HALF_WIDTH + 0.1, 0.2, FRONT_Z - 0.01], [left - 0.06, 0.58, front], 0.004);
  mesh.box([right + 0.06, 0.2, FRONT_Z - 0.01], [HALF_WIDTH - 0.1, 0.58, front], 0.004);
  mesh
    .as(PART.fixed, FINISH.accent)
    .box([-HALF_WIDTH + 0.16, 1.16, FRONT_Z - 0.06], [-HALF_WIDTH + 0.56, 1.25, FRONT_Z - 0.025], 0.004);
  mesh.as(PART.fixed, FINISH.rubber);
  mesh.box([left - 0.012, 0.16, FRONT_Z - 0.01], [left - 0.004, bottom, front]);
  mesh.box([right + 0.004, 0.16, FRONT_Z - 0.01], [right + 0.012, bottom, front]);
  for (const x of [-HALF_WIDTH - 0.004, HALF_WIDTH - 0.004]) {
    for (let row = 0; row < (detail > 1 ? 9 : 4); row++) {
      const y = 0.5 + row * (detail > 1 ? 0.05 : 0.11);
      mesh.box([x, y, -0.5], [x + 0.008, y + 0.025, -0.1]);
    }
  }
  if (detail < 2) return;
  mesh.as(PART.fixed, FINISH.darkSteel);
  for (const x of [-HALF_WIDTH + 0.13, left - 0.09, right + 0.09, HALF_WIDTH - 0.13]) {
    for (const y of [0.23, 0.55]) bolt(mesh, x, y, front, 0.011);
  }
  mesh
    .as(PART.fixed, FINISH.accent)
    .box([-HALF_WIDTH + 0.2, HEIGHT, -0.5], [-HALF_WIDTH + 0.62, HEIGHT + 0.07, 0], 0.012);
  mesh.as(PART.fixed, FINISH.apron);
  for (let i = 0; i < 7; i++)
    mesh.box([left + 0.1 + i * 0.17, 0.3, FRONT_Z], [left + 0.2 + i * 0.17, 0.315, FRONT_Z + 0.004]);
}

function bolt(mesh: MeshBuilder, x: number, y: number, z: number, radius: number): void {
  const frame = mesh.frame;
  mesh.frame = { origin: [x, y, z], x: [0, 0, 1], y: [1, 0, 0], z: [0, 1, 0] };
  mesh.turned(
    [
      [0, radius],
      [0.006, radius * 0.8],
      [0.006, 0],
    ],
    8,
  );
  mesh.frame = frame;
}

/** White, amber, red from below; which one is lit the shader decides. */
function buildStackLight(mesh: MeshBuilder, detail: Detail): void {
  const segments = [6, 10, 20][detail] ?? 6;
  const frame = mesh.frame;
  mesh.frame = { origin: [1.12, HEIGHT, -0.28], x: [0, 1, 0], y: [0, 0, 1], z: [1, 0, 0] };
  mesh.as(PART.fixed, FINISH.darkSteel);
  mesh.turned(
    [
      [0, 0.018],
      [0.2, 0.018],
    ],
    segments,
  );
  for (let lamp = 0; lamp < 3; lamp++) {
    const from = 0.2 + lamp * 0.085;
    mesh.as(PART.beacon, FINISH.lamp, 0, lamp);
    mesh.turned(
      [
        [from, 0],
        [from, 0.042],
        [from + 0.078, 0.042],
        [from + 0.078, 0],
      ],
      segments,
    );
  }
  mesh.as(PART.fixed, FINISH.darkSteel);
  mesh.turned(
    [
      [0.453, 0.044],
      [0.465, 0.036],
      [0.465, 0],
    ],
    segments,
  );
  mesh.frame = frame;
}

function buildPanel(mesh: MeshBuilder, detail: Detail): void {
  const edge = detail > 0 ? 0.014 : 0;
  const z = FRONT_Z + 0.02;
  mesh.as(PART.fixed, FINISH.keypad).box([0.83, 0.9, z - 0.06], [1.35, 1.6, z + 0.07], edge);
  const face = z + 0.071;
  mesh
    .as(PART.screen, FINISH.screen)
    .polygon([0.87, 1.24, face], [1.31, 1.24, face], [1.31, 1.56, face], [0.87, 1.56, face]);
  if (detail === 0) return;
  mesh.as(PART.fixed, FINISH.key);
  const columns = detail > 1 ? 8 : 4;
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < columns; column++) {
      const x = 0.89 + (column * 0.3) / columns;
      const y = 1.15 - row * 0.055;
      mesh.box([x, y, face - 0.002], [x + 0.19 / columns, y + 0.03, face + 0.008]);
    }
  }
  if (detail < 2) return;
  mesh.frame = { origin: [1.27, 1.1, face], x: [0, 0, 1], y: [1, 0, 0], z: [0, 1, 0] };
  mesh.as(PART.fixed, FINISH.emergencyStop).turned(
    [
      [0, 0.022],
      [0.012, 0.022],
      [0.012, 0.034],
      [0.026, 0.03],
      [0.03, 0],
    ],
    24,
  );
  mesh.frame = { ...mesh.frame, origin: [1.27, 0.99, face] };
  mesh.as(PART.fixed, FINISH.key).turned(
    [
      [0, 0.026],
      [0.02, 0.022],
      [0.02, 0],
    ],
    20,
  );
  mesh.frame = { ...mesh.frame, origin: [0.96, 0.99, face] };
  mesh.turned(
    [
      [0, 0.045],
      [0.012, 0.045],
      [0.016, 0.04],
      [0.016, 0],
    ],
    28,
  );
  mesh.frame = WORLD_FRAME;
}

function buildConveyor(mesh: MeshBuilder, edge: number): void {
  mesh.as(PART.fixed, FINISH.apron).box([HALF_WIDTH, 0.06, -0.42], [HALF_WIDTH + 0.3, 0.34, 0.1], edge);
  const frame = mesh.frame;
  mesh.frame = { origin: [HALF_WIDTH + 0.18, 0.1, -0.16], x: [0.53, 0.848, 0], y: [-0.848, 0.53, 0], z: [0, 0, 1] };
  mesh.box([0, -0.12, -0.22], [0.85, 0.1, 0.22], edge);
  mesh.frame = frame;
  mesh.as(PART.fixed, FINISH.plinth).box([HALF_WIDTH + 0.42, 0, -0.34], [HALF_WIDTH + 0.9, 0.5, 0.02], edge);
}

/** The sliding guard: its frame here, its pane in the mesh of glass. */
export function buildGuardFrame(mesh: MeshBuilder, detail: Detail): void {
  const edge = detail > 1 ? 0.008 : 0;
  withGuardFrame(mesh, (width, height) => {
    mesh.as(PART.door, FINISH.accent);
    mesh.box([0, 0, 0], [width, 0.055, 0.03], edge).box([0, height - 0.055, 0], [width, height, 0.03], edge);
    mesh.box([0, 0.055, 0], [0.055, height - 0.055, 0.03], edge);
    mesh.box([width - 0.055, 0.055, 0], [width, height - 0.055, 0.03], edge);
    if (detail > 0)
      mesh.as(PART.door, FINISH.rubber).box([width - 0.045, 0.2, 0.03], [width - 0.015, 0.56, 0.07], edge);
  });
}

export function buildGuardPane(mesh: MeshBuilder): void {
  withGuardFrame(mesh, (width, height) => {
    mesh.as(PART.door, FINISH.glass);
    mesh.polygon(
      [0.055, 0.055, 0.015],
      [width - 0.055, 0.055, 0.015],
      [width - 0.055, height - 0.055, 0.015],
      [0.055, height - 0.055, 0.015],
    );
  });
}

/** Works in the plane of the guard: x right, y up along its slight slope, z out. */
function withGuardFrame(mesh: MeshBuilder, draw: (width: number, height: number) => void): void {
  const { left, right, bottom, top } = OPENING;
  const rise = top - bottom;
  const run = 0.08;
  const height = Math.hypot(rise, run);
  const frame = mesh.frame;
  mesh.frame = {
    origin: [left - 0.01, bottom + 0.012, FRONT_Z + 0.004],
    x: [1, 0, 0],
    y: [0, rise / height, -run / height],
    z: [0, run / height, rise / height],
  };
  draw(right - left + 0.02, height);
  mesh.frame = frame;
}
