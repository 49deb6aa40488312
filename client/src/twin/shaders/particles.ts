import { WORK_ZERO_X } from '../geometry/layout';
import { MATERIAL_LOOKS } from '../material-looks';
import { LATHE_STATE } from './lathe-vertex';
import { LIGHTING, OUTPUT } from './lighting';

/**
 * Chips, coolant and the glow of the edge, without state: each particle's place follows from its number and the time,
 * which runs in a loop of 60 s that holds a whole number of every particle's lives.
 */
export const PARTICLE_VERTEX = /* glsl */ `
attribute float slot;
attribute float seed;
uniform float uTime;
uniform vec3 uChips[${MATERIAL_LOOKS.length}];
${LATHE_STATE}
varying vec4 vInk;
varying vec3 vShape; // across, along, kind: 0 chip, 1 drop, 2 glow, 3 curl
varying float vDistance;
float hash(float n) { return fract(sin(n * 127.1) * 43758.5453); }
const vec3 OUT = vec3(0.0, -ACROSS.z, ACROSS.y);

vec3 flight(vec3 from, vec3 speed, float t, float weight) { return from + speed * t - vec3(0.0, 4.9 * weight * t * t, 0.0); }

void main() {
  vec4 m1 = motionOf(slot, 1);
  vec4 m2 = motionOf(slot, 2);
  vec4 t0 = traitsOf(slot, 0);
  vec4 t2 = traitsOf(slot, 2);
  vec4 t3 = traitsOf(slot, 3);
  float number = seed * 977.0 + slot * 13.0;
  float h1 = hash(number), h2 = hash(number + 1.7), h3 = hash(number + 5.3);
  bool inside = t3.w > 7.5;
  float chip = inside ? t3.w - 8.0 : t3.w;
  vec3 tip = vec3(m1.x, AXIS.yz) + ACROSS * m1.y;
  vec3 source = inside ? vec3(${WORK_ZERO_X.toFixed(3)} + t2.x, tip.yz) : tip;
  vec3 a = vec3(0.0), b = vec3(0.0);
  float wide = 0.0;
  vInk = vec4(0.0);
  vShape = vec3(0.0);
  if (seed > 0.9995) {
    // one soft light on the edge
    wide = m1.w * 0.032;
    a = tip + OUT * 0.004 - vec3(wide, 0.0, 0.0);
    b = tip + OUT * 0.004 + vec3(wide, 0.0, 0.0);
    vInk = vec4(vec3(1.0, 0.36, 0.1) * 0.4 * m1.w, 0.0);
    vShape.z = 2.0;
  } else if (seed < 0.5) {
    float life = chip > 2.5 ? 0.9 : chip > 1.5 ? 0.5 : 0.7;
    float phase = fract(h1 + uTime * floor(60.0 / life * (0.7 + 0.6 * h2)) / 60.0);
    float t = phase * life;
    vec3 dir = inside ? vec3(1.0, 0.4 * (h2 - 0.5), 0.5 * (h3 - 0.3)) : OUT * 0.9 + ACROSS * (h2 - 0.35) * 0.7 + vec3(0.75 * (h3 - 0.25), 0.0, 0.0);
    float speed = chip < 0.5 ? 0.55 + 0.6 * h3 : chip < 1.5 ? 1.1 + 1.1 * h3 : chip < 2.5 ? 1.0 + 1.4 * h3 : 0.8 + 0.5 * h3;
    a = flight(source, dir * speed, t, chip > 2.5 ? 0.35 : 1.0);
    float turn = h2 * 6.28 + t * (14.0 + 20.0 * h1);
    float size = chip < 0.5 ? 0.007 + 0.011 * h1 : chip < 1.5 ? 0.0035 : chip < 2.5 ? 0.0018 : 0.008;
    b = a + vec3(cos(turn), sin(turn) * 0.8, sin(turn) * 0.6) * size;
    wide = chip < 0.5 ? size * 0.42 : size * 0.45;
    vShape.z = chip < 0.5 ? 3.0 : 0.0;
    float shown = step(0.0, chip) * step(h2 * 0.98 + 0.01, m1.z) * step(0.8, a.y) * step(h3, chip < 0.5 ? 0.7 : 1.0);
    float heat = m1.w * smoothstep(0.16, 0.0, t);
    float glint = 0.45 + 0.75 * abs(sin(turn * 1.7));
    vInk = vec4(uChips[int(t0.w + 0.5)] * glint * (0.3 + 0.7 * m2.y) + vec3(1.0, 0.3, 0.06) * heat * 1.3, 1.0) * shown;
    wide *= shown;
  } else {
    bool jet = h3 < 0.4;
    float life = jet ? 0.16 : 0.62;
    float phase = fract(h1 + uTime * floor(60.0 / life) / 60.0);
    float t = jet ? phase * life : 0.16 + phase * (life - 0.16);
    vec3 nozzle = source + ACROSS * 0.07 + OUT * 0.055 + vec3(0.035, 0.0, 0.0);
    float reach = 0.16;
    vec3 spread = vec3(h2 - 0.5, h3 - 0.5, hash(number + 9.1) - 0.5);
    float t2_ = jet ? min(t + 0.05, 0.16) : t + 0.014;
    vec3 splash = spread * vec3(0.9, 0.5, 0.9) + OUT * 0.25 + vec3(0.0, -0.25, 0.0);
    vec3 jitter = spread * 0.005;
    a = t < reach ? mix(nozzle, source, t / reach) + jitter : flight(source, splash, t - reach, 0.9);
    b = t2_ < reach ? mix(nozzle, source, t2_ / reach) + jitter : flight(source, splash, t2_ - reach, 0.9);
    float shown = step(h2, t3.z) * step(0.01, m1.z) * step(0.8, a.y);
    wide = (jet ? 0.003 : 0.0012) * shown;
    float fade = jet ? 0.16 : 0.42 * (1.0 - phase);
    vInk = vec4(vec3(0.62, 0.68, 0.7) * (0.35 + 0.65 * m2.y) * fade, fade) * shown;
    vShape.z = 1.0;
  }
  vec3 base = vec3(t0.x, 0.0, t0.y);
  vec4 va = viewMatrix * vec4(a + base, 1.0);
  vec4 vb = viewMatrix * vec4(b + base, 1.0);
  vec2 along = vb.xy - va.xy;
  vec2 side = vec2(-along.y, along.x) / max(length(along), 1e-5) * wide;
  vec4 at = mix(va, vb, position.y + 0.5);
  at.xy += side * position.x * 2.0;
  vShape.xy = position.xy * 2.0;
  vDistance = -at.z;
  gl_Position = wide <= 0.0 ? vec4(0.0, 0.0, 2.0, 1.0) : projectionMatrix * at;
}
`;

export const PARTICLE_FRAGMENT = /* glsl */ `
${LIGHTING}
varying vec4 vInk;
varying vec3 vShape;
varying float vDistance;
void main() {
  if (vShape.z > 2.5) {
    // a curl: the chip winds from side to side along its length
    if (abs(vShape.x - 0.66 * sin(vShape.y * 2.7)) > 0.24) discard;
    gl_FragColor = vec4(vInk.rgb * (1.0 - 0.5 * cos(vShape.y * 2.7)), vInk.a);
    ${OUTPUT}
    return;
  }
  float soft = vShape.z > 1.5 ? max(0.0, 1.0 - dot(vShape.xy, vShape.xy)) : vShape.z > 0.5 ? 1.0 - abs(vShape.x) : 1.0;
  if (vShape.z > 1.5) soft *= soft * soft;
  gl_FragColor = vec4(vInk.rgb * soft, vInk.a * soft);
  ${OUTPUT}
}
`;
