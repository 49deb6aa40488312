import { FINISH } from './finishes';
import { AXIS_Y, AXIS_Z, BACK_Z, FLAG, FRONT_Z, HALF_WIDTH, HEIGHT, OPENING, PART, WORK_ZERO_X } from './layout';
import { type MeshBuilder, WORLD_FRAME } from './mesh-builder';

/** A lathe far away: its outline, its dark window with something turning in it, its panel and its light. */
export function buildSpeck(mesh: MeshBuilder): void {
  const { left, right, bottom, top } = OPENING;
  mesh.frame = WORLD_FRAME;
  mesh.as(PART.fixed, FINISH.panel);
  mesh.box([-HALF_WIDTH, 0, BACK_Z], [left, HEIGHT, FRONT_Z - 0.05]);
  mesh.box([right, 0, BACK_Z], [HALF_WIDTH, HEIGHT, FRONT_Z - 0.05]);
  mesh.box([left, top, BACK_Z], [right, HEIGHT, 0.5]);
  mesh.as(PART.fixed, FINISH.apron).box([left, 0, FRONT_Z - 0.3], [right, bottom, FRONT_Z]);
  mesh.box([HALF_WIDTH, 0, -0.4], [HALF_WIDTH + 0.8, 0.6, 0.1]);
  mesh.as(PART.fixed, FINISH.inside, FLAG.interior);
  mesh.polygon([left, bottom, -0.3], [right, bottom, -0.3], [right, top, -0.3], [left, top, -0.3]);
  mesh.polygon(
    [left, bottom - 0.1, FRONT_Z - 0.3],
    [right, bottom - 0.1, FRONT_Z - 0.3],
    [right, bottom, -0.3],
    [left, bottom, -0.3],
  );
  mesh.as(PART.spindle, FINISH.groundSteel, FLAG.interior);
  mesh.box([left, AXIS_Y - 0.09, AXIS_Z - 0.09], [WORK_ZERO_X + 0.06, AXIS_Y + 0.09, AXIS_Z + 0.09]);
  mesh.as(PART.crossSlide, FINISH.casting, FLAG.interior);
  mesh.box([0, AXIS_Y - 0.15, AXIS_Z - 0.12], [0.3, AXIS_Y + 0.15, AXIS_Z + 0.12]);
  mesh.as(PART.screen, FINISH.screen);
  mesh.polygon([0.84, 0.95, FRONT_Z], [1.34, 0.95, FRONT_Z], [1.34, 1.58, FRONT_Z], [0.84, 1.58, FRONT_Z]);
  for (let lamp = 0; lamp < 3; lamp++) {
    mesh.as(PART.beacon, FINISH.lamp, 0, lamp);
    const y = HEIGHT + 0.12 + lamp * 0.12;
    mesh.polygon([1.06, y, -0.25], [1.18, y, -0.25], [1.18, y + 0.11, -0.25], [1.06, y + 0.11, -0.25]);
  }
}
