import { AXIS_Y, AXIS_Z, DOOR_TRAVEL, FLAG, OPENING, PART, SLANT, WORK_ZERO_X } from '../geometry/layout';
import { MATERIAL_LOOKS } from '../material-looks';
import { FEARED_PARTS } from '../motion/fleet-motion';

const f = (value: number): string => value.toFixed(5);

/** Reads a lathe's row of the state tables; shared by all programs that draw something of a lathe. */
export const LATHE_STATE = /* glsl */ `
uniform highp sampler2D uMotion;
uniform highp sampler2D uTraits;
vec4 motionOf(float slot, int texel) { return texelFetch(uMotion, ivec2(texel, int(slot)), 0); }
vec4 traitsOf(float slot, int texel) { return texelFetch(uTraits, ivec2(texel, int(slot)), 0); }
const vec3 AXIS = vec3(${f(WORK_ZERO_X)}, ${f(AXIS_Y)}, ${f(AXIS_Z)});
const vec3 ACROSS = vec3(0.0, ${f(SLANT)}, ${f(-SLANT)});
vec3 bandColor(float band) {
  if (band < 0.5) return vec3(0.27, 0.35, 0.34);
  if (band < 1.5) return vec3(0.87, 0.67, 0.06);
  if (band < 2.5) return vec3(1.0, 0.33, 0.05);
  if (band < 3.5) return vec3(0.88, 0.06, 0.05);
  return vec3(0.3);
}
`;

/** Kinds of surface that the fragment program treats on its own. */
export const SURFACE = { plain: 0, work: 1, screen: 2, smeared: 3, turned: 4 } as const;

export const LATHE_VARYINGS = /* glsl */ `
varying vec3 vWorld;
varying vec3 vLocal;
varying vec3 vNormal;
varying vec3 vColor;
varying vec4 vSurface; // roughness, metalness, inside, openness
varying vec4 vGlow;    // light that the part gives off, staleness
varying vec4 vKind;    // surface kind, work light, two free
varying vec4 vWork;    // distance from the jaws (m), unit circle y z, pattern depth
varying vec3 vPattern; // kind, pitch (m), radius (m)
varying vec2 vSlide;   // turret along the spindle and away from it (m)
varying vec3 vStock;   // workpiece: length and radius; tip of the tailstock (m)
varying vec4 vFigures; // on the screen: x, z (mm), speed (1/min), feed (mm/min)
`;

export const LATHE_VERTEX = /* glsl */ `
attribute vec4 normalOpen;
attribute vec4 tint;
attribute vec4 part;
attribute float slot;
uniform highp sampler2D uProfile;
uniform vec4 uLooks[${MATERIAL_LOOKS.length * 2}];
uniform vec2 uLookKinds[${MATERIAL_LOOKS.length}];
${LATHE_STATE}
${LATHE_VARYINGS}

vec3 toLinearV(vec3 c) { return c * c * (0.305306 * c + 0.682171) + 0.012522 * c; }
vec3 aboutX(vec3 v, float c, float s) { return vec3(v.x, v.y * c - v.z * s, v.y * s + v.z * c); }

// A part that a prediction points at, in the colour of the band.
void mark(float band, float share) {
  vColor = mix(vColor, bandColor(band), 0.6 * share);
  vGlow.rgb += 0.22 * share * bandColor(band);
}

void main() {
  vec4 m0 = motionOf(slot, 0);
  vec4 m2 = motionOf(slot, 2);
  vec4 t0 = traitsOf(slot, 0);
  vec4 t1 = traitsOf(slot, 1);
  vSlide = m0.yz;
  vec4 t2 = traitsOf(slot, 2);
  vStock = vec3(t2.x, t2.y, t2.w);
  vFigures = vec4(0.0);
  vec3 p = position;
  vec3 n = normalOpen.xyz;
  int id = int(part.x + 0.5);
  int flags = int(part.z + 0.5);
  vColor = toLinearV(tint.rgb);
  vSurface = vec4(tint.a, part.y / 255.0, (flags & ${FLAG.interior}) != 0 ? 1.0 : 0.0, normalOpen.w);
  vGlow = vec4(0.0, 0.0, 0.0, t1.z);
  vKind = vec4(0.0, m2.y, 0.0, 0.0);
  vWork = vec4(0.0);
  vPattern = vec3(0.0);

  if (id == ${PART.fixed}) {
    // stands where it was built
  } else if (id == ${PART.spindle} || id == ${PART.jaw}) {
    vec3 q = p - AXIS;
    if (id == ${PART.jaw}) {
      // The jaws let go while a running lathe stands with its guard open: the part is changed.
      float open = 0.005 * m2.x * smoothstep(0.9, 1.0, m2.y);
      float a = part.w * 2.0943951;
      q.yz = m2.z > 0.6 ? vec2(0.0) : q.yz + vec2(cos(a), sin(a)) * (min(t2.z, 0.052) + open);
    } else vKind.x = ${f(SURFACE.turned)};
    float c = cos(m0.x), s = sin(m0.x);
    p = AXIS + aboutX(q, c, s);
    n = aboutX(n, c, s);
    vec4 fear = traitsOf(slot, 4);
    if (int(fear.x + 0.5) == ${FEARED_PARTS.spindle}) mark(fear.y, 1.0);
  } else if (id == ${PART.smearRing}) {
    vec3 q = p - AXIS;
    float radius = length(q.yz) + min(t2.z, 0.052);
    float around = atan(q.z, q.y);
    float seen = 0.102 / (6.2831853 * radius) * (1.0 + 0.4 * cos(3.0 * (around - m0.x)));
    p = m2.z > 0.01 ? AXIS + vec3(q.x, normalize(q.yz) * radius) : AXIS;
    vKind.x = ${f(SURFACE.smeared)};
    vKind.z = seen * m2.z;
  } else if (id == ${PART.workpiece}) {
    vec4 cell = texelFetch(uProfile, ivec2(int(part.w + 0.5), int(slot)), 0);
    bool inner = (flags & ${FLAG.bore}) != 0;
    float share = p.x < 0.0 ? 1.0 : inner ? cell.y : cell.x;
    float c = cos(m0.x), s = sin(m0.x);
    vWork = vec4(p.x * t2.x, p.yz, inner == (traitsOf(slot, 3).w > 7.5) ? cell.z : 0.0);
    vec3 q = vec3(p.x < 0.0 ? p.x * 0.07 : p.x * t2.x, p.yz * share * t2.y);
    p = AXIS + aboutX(q, c, s);
    if (inner && (flags & ${FLAG.face}) == 0) n = -n;
    n = aboutX(n, c, s);
    int look = int(t0.w + 0.5);
    float machined = (flags & ${FLAG.bore | FLAG.face}) != 0 ? 1.0 : cell.w;
    vec4 surface = mix(uLooks[look * 2 + 1], uLooks[look * 2], machined);
    vColor = surface.rgb;
    vSurface.xy = vec2(surface.a, uLookKinds[look].x);
    vKind.x = ${f(SURFACE.work)};
    vKind.z = uLookKinds[look].y;
    vKind.w = machined;
    vPattern = vec3(traitsOf(slot, 3).xy, t2.y);
    if (inner) vSurface.w *= clamp(1.0 - (1.0 - position.x) * t2.x / max(0.001, 2.2 * share * t2.y), 0.04, 1.0);
  } else if (id == ${PART.carriage}) {
    p.x += m0.y;
  } else if (id == ${PART.crossSlide}) {
    p += vec3(m0.y, 0.0, 0.0) + ACROSS * m0.z;
  } else if (id == ${PART.turret} || id == ${PART.edge}) {
    float c = cos(m0.w), s = sin(m0.w);
    p = aboutX(p, c, s) + vec3(m0.y, AXIS.yz) + ACROSS * m0.z;
    n = aboutX(n, c, s);
    if (id == ${PART.edge}) {
      vec4 m1 = motionOf(slot, 1);
      vec3 tip = vec3(m1.x, AXIS.yz) + ACROSS * m1.y;
      float near = 1.0 - smoothstep(0.0, 0.011, distance(p, tip));
      vGlow.rgb = vec3(1.0, 0.25, 0.05) * near * near * m1.w * 1.5;
    }
    vec4 fear = traitsOf(slot, 4);
    vec4 held = motionOf(slot, 1);
    float inUse = 1.0 - smoothstep(0.05, 0.09, distance(p, vec3(held.x, AXIS.yz) + ACROSS * held.y));
    if (int(fear.x + 0.5) == ${FEARED_PARTS.tool}) mark(fear.y, inUse);
  } else if (id == ${PART.tailstock}) {
    p.x += t2.w;
  } else if (id == ${PART.door}) {
    p.x -= m2.x * ${f(DOOR_TRAVEL)};
    p.z += 0.035 * smoothstep(0.0, 0.06, m2.x);
  } else if (id == ${PART.wayCover}) {
    float steps = floor(part.w / 16.0);
    float from = ${f(OPENING.left)};
    float slotX = (part.w - steps * 16.0 + position.x * 1.12) / steps;
    p.x = mix(from, max(m0.y - 0.02, from + 0.05), min(slotX, 1.0));
  } else if (id == ${PART.beacon}) {
    float lit = part.w < 0.5 ? step(t1.y, 0.5) * m2.y * 0.8 : step(abs(t1.y - part.w), 0.25);
    vec3 hue = part.w < 0.5 ? vec3(0.9, 0.92, 0.95) : part.w < 1.5 ? vec3(1.0, 0.5, 0.06) : vec3(0.95, 0.06, 0.05);
    vColor = mix(vec3(0.16), hue, 0.12);
    vGlow.rgb = hue * (part.w < 0.5 ? 0.75 * smoothstep(0.5, 1.0, lit) : 1.7 * lit) * (1.0 - t1.z);
  } else if (id == ${PART.screen}) {
    vec4 m1 = motionOf(slot, 1);
    vec4 m3 = motionOf(slot, 3);
    vKind = vec4(${f(SURFACE.screen)}, m2.y, m3.z, m3.y);
    vFigures = vec4(m1.y * 2000.0, (m1.x - AXIS.x) * 1000.0, m3.x, m3.w);
  } else if (id == ${PART.workLight}) {
    vGlow.rgb = vec3(1.5, 1.48, 1.43) * (0.12 + 0.88 * smoothstep(0.3, 1.0, m2.y));
  } else if (id == ${PART.statusStripe}) {
    float running = smoothstep(0.6, 1.0, m2.y);
    bool wrong = t1.x > 0.5 && t1.x < 3.5;
    vGlow.rgb = wrong ? bandColor(t1.x) * 0.85 * (1.0 - t1.z) : vec3(0.5, 0.53, 0.55) * running * 0.8;
    vColor *= wrong ? bandColor(t1.x) : vec3(1.0);
  }
  vLocal = p;
  float c = cos(t0.z), s = sin(t0.z);
  vec3 shake = m2.w * 0.0012 * vec3(sin(m0.x * 3.0), cos(m0.x * 5.0), 0.0);
  vec3 world = vec3(p.x * c + p.z * s, p.y, p.z * c - p.x * s) + vec3(t0.x, 0.0, t0.y) + shake;
  vNormal = vec3(n.x * c + n.z * s, n.y, n.z * c - n.x * s);
  vWorld = world;
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
`;
