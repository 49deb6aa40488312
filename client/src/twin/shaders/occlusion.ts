import { AXIS_Y, AXIS_Z, CHUCK_RADIUS, JAW_LENGTH, OPENING, SLANT, WORK_ZERO_X } from '../geometry/layout';

const f = (value: number): string => value.toFixed(4);
const CHUCK_FACE = WORK_ZERO_X - JAW_LENGTH;

/**
 * The work area as a few distances to solid shapes: enough to tell how much of a point's surroundings is covered and
 * whether something stands between it and the lamp, wherever the slides are.
 * Needs `vSlide` (turret along the spindle and away from it, m) and `vStock` (length, radius, tip of the tailstock, m).
 */
export const OCCLUSION = /* glsl */ `
float drum(float x, float from, float to, float radial) {
  vec2 d = vec2(abs(x - 0.5 * (from + to)) - 0.5 * (to - from), radial);
  return min(max(d.x, d.y), 0.0) + length(max(d, 0.0));
}
float brick(vec3 p, vec3 lo, vec3 hi) {
  vec3 d = abs(p - 0.5 * (lo + hi)) - 0.5 * (hi - lo);
  return min(max(d.x, max(d.y, d.z)), 0.0) + length(max(d, 0.0));
}
float solids(vec3 p) {
  vec2 c = p.yz - vec2(${f(AXIS_Y)}, ${f(AXIS_Z)});
  vec3 q = vec3(p.x, ${f(SLANT)} * (c.x - c.y), ${f(SLANT)} * (c.x + c.y));
  float r = length(c);
  float d = min(drum(p.x, ${f(OPENING.left)}, ${f(OPENING.left + 0.085)}, r - 0.19), drum(p.x, ${f(OPENING.left)}, ${f(CHUCK_FACE - 0.1)}, r - 0.074));
  d = min(d, drum(p.x, ${f(CHUCK_FACE - 0.1)}, ${f(CHUCK_FACE)}, r - ${f(CHUCK_RADIUS - 0.001)}));
  d = min(d, drum(p.x, ${f(CHUCK_FACE)}, ${f(WORK_ZERO_X)} + vStock.x, r - vStock.y * 0.97));
  float s = vSlide.x;
  float turret = length(vec2(q.y - vSlide.y, q.z));
  d = min(d, drum(p.x, s - 0.018, s + 0.05, turret - 0.125));
  d = min(d, drum(p.x, s + 0.05, s + 0.325, turret - 0.108));
  d = min(d, brick(q, vec3(s, vSlide.y - 0.1, -0.2), vec3(s + 0.33, vSlide.y + 0.1, 0.0)));
  d = min(d, brick(q, vec3(s, vSlide.y - 0.15, -0.2), vec3(s + 0.34, vSlide.y + 0.2, -0.135)));
  d = min(d, brick(q, vec3(s - 0.02, -0.02, -0.32), vec3(s + 0.36, 0.6, -0.22)));
  d = min(d, min(drum(p.x, vStock.z + 0.12, vStock.z + 0.29, r - 0.075), brick(q, vec3(vStock.z + 0.13, -0.27, -0.3), vec3(vStock.z + 0.29, 0.0, -0.2))));
  float walls = min(min(p.x + 0.6, 0.72 - p.x), min(p.z + 0.66, q.z + 0.302));
  return min(d, min(walls, 0.973 * (p.y - 0.62) - 0.23 * (p.z + 0.1)));
}

// 1 open … 0 walled in.
float openness(vec3 p, vec3 n) {
#ifdef FRUGAL
  return clamp(0.3 + 0.7 * solids(p + n * 0.07) / 0.07, 0.25, 1.0);
#else
  float shut = max(0.0, 0.018 - solids(p + n * 0.018)) * 18.0 + max(0.0, 0.06 - solids(p + n * 0.06)) * 5.5 + max(0.0, 0.16 - solids(p + n * 0.16)) * 1.7;
  return 1.0 / (1.0 + 1.5 * shut);
#endif
}

// Share of the lamp under the roof that a point sees.
float lampSeen(vec3 p, vec3 n) {
#ifdef FRUGAL
  return 1.0;
#else
  vec3 from = p + n * 0.006;
  vec3 to = vec3(clamp(p.x, -0.45, 0.58), 1.7, 0.262) - from;
  float far = length(to);
  to /= far;
  float seen = 1.0;
  float t = 0.022;
  for (int i = 0; i < 9; i++) {
    float d = solids(from + to * t);
    seen = min(seen, 5.0 * d / t + 0.12);
    t += clamp(d, 0.018, 0.11);
    if (t > far || t > 0.62) break;
  }
  return clamp(seen, 0.06, 1.0);
#endif
}
`;
