/**
 * Light of the hall in closed form: no environment map to load, filter or blur, and the same look with and without a GPU.
 * Linear light; `rough` 0 mirror … 1 matt.
 */
export const LIGHTING = /* glsl */ `
const vec3 FOG_COLOR = vec3(0.06, 0.064, 0.07);
const vec3 WINDOW_DIR = normalize(vec3(-0.42, 0.62, 0.66));

vec3 toLinear(vec3 c) { return c * c * (0.305306 * c + 0.682171) + 0.012522 * c; }

vec3 hallLight(vec3 n) {
  vec3 around = mix(vec3(0.12, 0.122, 0.127), vec3(0.46, 0.475, 0.5), n.y * 0.5 + 0.5);
  float side = max(dot(n, WINDOW_DIR), 0.0);
  return around + vec3(0.5, 0.49, 0.47) * side * side + vec3(0.07, 0.08, 0.095) * max(-n.z, 0.0);
}

vec3 hallReflection(vec3 d, float rough) {
  float b = 0.03 + 0.6 * rough;
  vec3 c = mix(vec3(0.09, 0.092, 0.095), vec3(0.24, 0.25, 0.262), smoothstep(-b, b, d.y));
  float high = smoothstep(0.2 - b, 0.2 + b, d.y) * (1.0 - smoothstep(0.5 - b * 0.5, 0.5 + b, d.y));
  c += high * vec3(0.5, 0.54, 0.6);
  float line = abs(fract(d.z / max(d.y, 0.08) * 0.8 + 0.25) - 0.5) * 2.0;
  float strip = mix(1.0 - smoothstep(0.16, 0.2 + b, line), 0.3, smoothstep(0.25, 0.7, rough));
  return c + strip * smoothstep(0.2, 0.55, d.y) * vec3(1.5, 1.47, 1.42);
}

// Light strip under the roof of the work area, lathe frame.
vec3 workLight(vec3 p, vec3 n, float power) {
  vec3 to = vec3(clamp(p.x, -0.45, 0.58), 1.7, 0.262) - p;
  float d2 = dot(to, to);
  float facing = max(dot(n, to) * inversesqrt(d2), 0.0) * 0.85 + 0.15;
  return vec3(1.0, 0.985, 0.955) * power * facing * 1.15 / (0.3 + d2);
}

vec3 insideReflection(vec3 p, vec3 r, float rough, float power) {
  float b = 0.04 + 0.5 * rough;
  float t = (1.7 - p.y) / max(r.y, 0.02);
  float off = abs(p.z + r.z * t - 0.262);
  float strip = (1.0 - smoothstep(0.03, 0.06 + b * max(t, 0.3), off)) * smoothstep(0.0, 0.25 + b, r.y);
  vec3 walls = mix(vec3(0.06), vec3(0.46, 0.465, 0.47), smoothstep(-0.8, 0.8, r.y)) * (0.25 + 0.75 * power);
  vec3 opening = vec3(0.42, 0.44, 0.47) * smoothstep(0.35 - b, 0.85 + b * 0.3, r.z) * (0.75 + 0.5 * r.y);
  return walls + opening + vec3(2.9, 2.85, 2.75) * strip * power / (0.5 + rough);
}

uniform float uFog; // 1/m²
vec3 fogged(vec3 c, float distance) { return mix(FOG_COLOR, c, exp2(-distance * distance * uFog)); }

vec3 matte(vec3 c, float stale) { return mix(c, vec3(dot(c, vec3(0.3, 0.59, 0.11))) * 0.62 + 0.03, stale * 0.85); }
`;

/** End of every fragment program: the tone curve, which leaves darks and hues alone and rolls off highlights, and sRGB. */
export const OUTPUT = /* glsl */ `
{
  vec3 lit = gl_FragColor.rgb * 1.1;
  float peak = max(lit.r, max(lit.g, lit.b));
  if (peak > 0.7) {
    float rolled = 1.0 - 0.09 / (peak + 0.3 - 0.7);
    lit *= rolled / peak;
    lit = mix(vec3(rolled), lit, 1.0 / (0.16 * (peak - rolled) + 1.0));
  }
  gl_FragColor.rgb = mix(1.055 * pow(max(lit, vec3(0.0)), vec3(0.41666)) - 0.055, lit * 12.92, vec3(lessThanEqual(lit, vec3(0.0031308))));
}
`;
