import { LATHE_STATE } from './lathe-vertex';
import { LIGHTING, OUTPUT } from './lighting';

export const FLOOR_VERTEX = /* glsl */ `
varying vec3 vWorld;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vWorld = world.xyz;
  gl_Position = projectionMatrix * viewMatrix * world;
}
`;

/** Concrete slab: joints, worn patches, painted aisle lines, and a soft mirror of the windows. */
export const FLOOR_FRAGMENT = /* glsl */ `
${LIGHTING}
varying vec3 vWorld;
uniform vec4 uHall; // least x, most x, least z, most z of the slab
uniform vec4 uRows; // first row z, row pitch, rows, half width of the laid-out floor
float hash(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }
float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}
void main() {
  vec3 v = normalize(cameraPosition - vWorld);
  float distance_ = distance(cameraPosition, vWorld);
  float pixel = distance_ * 0.0016;
  vec2 p = vWorld.xz;
  float worn = noise(p * 0.35) * 0.6 + noise(p * 1.7) * 0.3 + noise(p * 9.0) * 0.1;
  vec3 color = mix(vec3(0.155, 0.158, 0.163), vec3(0.205, 0.208, 0.212), worn);
  vec2 joint = abs(fract(p / 4.0 + 0.5) - 0.5) * 4.0;
  color *= 1.0 - 0.35 * (1.0 - smoothstep(0.01, 0.02 + pixel, min(joint.x, joint.y)));
  float row = (vWorld.z - uRows.x) / uRows.y;
  float nearest = clamp(floor(row + 0.5), 0.0, uRows.z - 1.0);
  float off = vWorld.z - (uRows.x + nearest * uRows.y);
  float line = 1.0 - smoothstep(0.05, 0.06 + pixel, min(abs(off - 1.75), abs(off + 1.45)));
  line *= 1.0 - smoothstep(uRows.w, uRows.w + 0.05, abs(vWorld.x));
  color = mix(color, vec3(0.42, 0.42, 0.41), line * (0.55 + 0.25 * worn));
  vec3 n = vec3(0.0, 1.0, 0.0);
  float fresnel = 0.03 + 0.5 * pow(1.0 - max(v.y, 0.0), 5.0);
  vec3 lit = color * hallLight(n) * 0.92 + hallReflection(reflect(-v, n), 0.34 + 0.2 * worn) * fresnel;
  vec2 beyond = max(vec2(uHall.x - p.x, uHall.z - p.y), vec2(p.x - uHall.y, p.y - uHall.w));
  float inside = 1.0 - smoothstep(0.0, 7.0, max(beyond.x, beyond.y));
  gl_FragColor = vec4(mix(FOG_COLOR, fogged(lit, distance_), inside), 1.0);
  ${OUTPUT}
}
`;

export const WALL_VERTEX = /* glsl */ `
attribute vec4 normalOpen;
attribute vec4 tint;
attribute vec4 part;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vColor;
varying vec2 vShine; // light of its own, openness
void main() {
  vColor = tint.rgb * tint.rgb;
  vNormal = normalOpen.xyz;
  vShine = vec2(part.w / 100.0, normalOpen.w);
  vec4 world = modelMatrix * vec4(position, 1.0);
  vWorld = world.xyz;
  gl_Position = projectionMatrix * viewMatrix * world;
}
`;

export const WALL_FRAGMENT = /* glsl */ `
${LIGHTING}
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vColor;
varying vec2 vShine;
void main() {
  vec3 lit = vColor * hallLight(normalize(vNormal)) * (0.62 + 0.38 * smoothstep(0.0, 3.0, vWorld.y)) * vShine.y + vColor * vShine.x;
  gl_FragColor = vec4(fogged(lit, distance(cameraPosition, vWorld)), 1.0);
  ${OUTPUT}
}
`;

/** Contact shadow, health halo and selection of every lathe, painted on the floor. */
export const MARKS_VERTEX = /* glsl */ `
attribute float slot;
${LATHE_STATE}
varying vec2 vAt;
varying vec4 vTraits;
varying vec3 vWorld;
void main() {
  vec4 t0 = traitsOf(slot, 0);
  vTraits = traitsOf(slot, 1);
  vAt = position.xz;
  vWorld = vec3(position.x + t0.x, 0.006, position.z + t0.y);
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

export const MARKS_FRAGMENT = /* glsl */ `
${LIGHTING}
${LATHE_STATE}
varying vec2 vAt;
varying vec4 vTraits;
varying vec3 vWorld;
float roundBox(vec2 p, vec2 size, float r) {
  vec2 q = abs(p) - size + r;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r;
}
void main() {
  float body = roundBox(vAt - vec2(0.0, -0.065), vec2(1.45, 0.785), 0.1);
  float bin = roundBox(vAt - vec2(1.9, -0.16), vec2(0.4, 0.26), 0.1);
  float shadow = 0.72 * exp(-max(body, 0.0) * 5.0) + 0.45 * exp(-max(bin, 0.0) * 7.0);
  float alpha = min(shadow, 0.78) * (1.0 - smoothstep(0.5, 0.9, body));
  vec3 color = vec3(0.012);
  float ring = roundBox(vAt - vec2(0.17, -0.065), vec2(2.02, 1.18), 0.35);
  float blur = 0.01 + length(cameraPosition - vWorld) * 0.0011;
  bool unknown = vTraits.x > 3.5 || vTraits.z > 0.5;
  bool wrong = vTraits.x > 0.5 && vTraits.x < 3.5;
  float width = wrong ? 0.055 : unknown ? 0.03 : 0.018;
  float halo = 1.0 - smoothstep(width, width + blur, abs(ring));
  if (unknown) halo *= step(0.5, fract(atan(vAt.y * 1.6, vAt.x) * 6.0));
  vec3 hue = unknown ? vec3(0.32) : bandColor(vTraits.x);
  float strength = halo * (wrong ? 0.95 : unknown ? 0.8 : 0.4);
  if (wrong && !unknown) strength = max(strength, 0.28 * (1.0 - smoothstep(0.0, 0.4, abs(ring))) * step(ring, 0.0) );
  color = mix(color, hue * (wrong ? 0.85 : 1.0), strength);
  alpha = max(alpha, strength);
  float chosen = 1.0 - smoothstep(0.035, 0.035 + blur, abs(ring - 0.14));
  color = mix(color, vec3(0.85), chosen * vTraits.w);
  alpha = max(alpha, chosen * vTraits.w);
  if (alpha < 0.004) discard;
  gl_FragColor = vec4(fogged(color, distance(cameraPosition, vWorld)), alpha);
  ${OUTPUT}
}
`;
