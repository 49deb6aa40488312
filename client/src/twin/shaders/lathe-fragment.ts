import { AXIS_Y, AXIS_Z } from '../geometry/layout';
import { LATHE_VARYINGS, SURFACE } from './lathe-vertex';
import { LIGHTING, OUTPUT } from './lighting';
import { OCCLUSION } from './occlusion';
import { SCREEN } from './screen';

/** Opaque lathe, lit in closed form. */
export const LATHE_FRAGMENT = /* glsl */ `
${LIGHTING}
${LATHE_VARYINGS}

float hash(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }

${SCREEN}
${OCCLUSION}

// Shoulders, thread, knurl and grain, which the coarse mesh cannot carry.
void workSurface(inout vec3 n, inout vec3 color, inout float rough) {
  float around = sqrt(max(0.0, 1.0 - n.x * n.x));
  float angle = atan(vWork.z, vWork.y);
  float pixel = length(fwidth(vWorld));
  if (around > 0.5) {
    float along = normalize(cross(dFdx(vWorld), dFdy(vWorld))).x;
    n = vec3(along, n.yz / around * sqrt(max(0.02, 1.0 - along * along)));
    if (vWork.w > 0.02 && vPattern.x > 0.5) {
      float turns = vWork.x / vPattern.y;
      float fade = vWork.w * (1.0 - smoothstep(0.25, 0.8, pixel / vPattern.y));
      if (vPattern.x < 1.5) {
        float phase = 6.2831853 * turns - angle;
        n = normalize(n + vec3(1.15 * cos(phase) * fade, 0.0, 0.0));
        color *= 1.0 - 0.35 * fade * (0.5 + 0.5 * sin(phase));
      } else {
        float teeth = angle * vPattern.z / vPattern.y;
        float a = cos(6.2831853 * (teeth + turns)) * fade, b = cos(6.2831853 * (teeth - turns)) * fade;
        n = normalize(n + vec3(0.6 * (a - b), 0.6 * (a + b) * vec2(-n.z, n.y)));
        color *= 1.0 - 0.18 * fade + 0.12 * (a + b);
      }
      rough = mix(rough, 0.45, 0.6 * vWork.w);
    } else {
      float lines = 1.0 - smoothstep(0.0004, 0.0016, pixel);
      n = normalize(n + vec3(0.05 * lines * sin(vWork.x * 5200.0), 0.0, 0.0));
      rough *= 0.94 + 0.12 * sin(angle * 3.0 + vWork.x * 60.0);
    }
  } else {
    float radius = length(vWork.yz);
    rough *= 0.9 + 0.15 * sin(radius * 40.0) * (1.0 - smoothstep(0.001, 0.004, pixel));
  }
  if (vKind.z > 0.0) {
    float fibre = around > 0.5 ? sin(angle * 17.0 + 2.0 * sin(vWork.x * 30.0 + angle)) : sin(length(vWork.yz + 0.25) * 46.0);
    color *= 1.0 - 0.2 * vKind.z * (0.5 + 0.5 * fibre);
  }
}

// Turned metal scatters across its turning marks: along the axis on a shaft, along the radius on a face.
vec3 scattered(vec3 r, vec3 v, vec3 n, float rough) {
  bool round_ = (vKind.x > ${SURFACE.turned - 0.5} || vKind.x > ${SURFACE.work - 0.5} && vKind.x < ${SURFACE.work + 0.5});
  if (!round_ || vSurface.y < 0.5) return insideReflection(vLocal, r, rough, vKind.y);
  vec3 across = abs(n.x) > 0.6 ? normalize(vec3(0.0, vLocal.yz - vec2(${AXIS_Y.toFixed(3)}, ${AXIS_Z.toFixed(3)})) + 1e-5) : vec3(1.0, 0.0, 0.0);
  float spread = 0.1 + 0.32 * rough;
  return 0.5 * insideReflection(vLocal, reflect(-v, normalize(n + across * spread)), rough, vKind.y)
    + 0.5 * insideReflection(vLocal, reflect(-v, normalize(n - across * spread)), rough, vKind.y);
}

void main() {
  vec3 v = normalize(cameraPosition - vWorld);
  vec3 n = normalize(vNormal);
  vec3 color = vColor;
  float rough = vSurface.x;
  float metal = vSurface.y;
  float inside = vSurface.z;
  float open = vSurface.w;
  vec3 glow = vGlow.rgb;
  int kind = int(vKind.x + 0.5);

  if (kind == ${SURFACE.screen}) {
    glow += screenLight((vLocal.xy - vec2(0.87, 1.24)) / vec2(0.44, 0.32), vKind.y, vFigures, vKind.zw, length(fwidth(vLocal)));
  }
  if (kind == ${SURFACE.work}) workSurface(n, color, rough);
  float nv = max(dot(n, v), 0.02);
  float rim = (1.0 - nv) * (1.0 - nv);
  vec3 f0 = mix(vec3(0.04), color, metal);
  vec3 fresnel = f0 + (max(vec3(1.0 - rough), f0) - f0) * rim * rim * (1.0 - nv);
  vec3 r = reflect(-v, n);
  vec3 diffuse;
  vec3 mirrored;
  if (inside > 0.5) {
    float deep = smoothstep(-0.75, 0.6, vLocal.z);
    vec3 fromHall = hallLight(n) * (0.3 + 0.42 * deep * max(n.z * 0.6 + 0.4, 0.0));
    open *= openness(vLocal, n);
    float lamp = lampSeen(vLocal, n);
    diffuse = fromHall * open + workLight(vLocal, n, vKind.y) * (lamp * (0.45 + 0.55 * open) + 0.1 * open);
    mirrored = scattered(r, v, n, rough) * mix(open, 1.0, 0.15) * (0.45 + 0.55 * lamp);
    open = 1.0;
  } else {
    open *= 0.5 + 0.5 * smoothstep(-0.05, 0.55, vLocal.y);
    diffuse = hallLight(n);
    #ifdef FRUGAL
    mirrored = vec3(0.2 + 0.25 * r.y);
    #else
    mirrored = hallReflection(r, rough);
    #endif
  }
  vec3 lit = color * (1.0 - metal) * diffuse * open + mirrored * fresnel * open;
  lit += metal * color * diffuse * open * 0.22;
  lit += glow;
  lit = fogged(matte(lit, vGlow.a), distance(cameraPosition, vWorld));
  gl_FragColor = vec4(lit, 1.0);
  ${OUTPUT}
}
`;

export const GLASS_FRAGMENT = /* glsl */ `
${LIGHTING}
${LATHE_VARYINGS}
void main() {
  vec3 v = normalize(cameraPosition - vWorld);
  vec3 n = normalize(vNormal);
  if (vKind.x > 2.5) {
    if (dot(n, v) < 0.0) discard;
    vec3 metal = workLight(vLocal, n, vKind.y) * 0.12 + insideReflection(vLocal, reflect(-v, n), 0.5, vKind.y) * 0.6;
    gl_FragColor = vec4(fogged(matte(metal, vGlow.a), distance(cameraPosition, vWorld)), vKind.z);
    ${OUTPUT}
    return;
  }
  if (dot(n, v) < 0.0) n = -n;
  float fresnel = 0.035 + 0.9 * pow(1.0 - max(dot(n, v), 0.0), 5.0);
  vec3 mirrored = min(hallReflection(reflect(-v, n), 0.3), vec3(0.5));
  float streak = smoothstep(0.02, 0.05, abs(fract((vLocal.x + vLocal.y * 0.55) * 0.8) - 0.42) - 0.12);
  vec3 lit = mirrored * fresnel * 1.1 + vec3(0.012) * (1.0 - streak);
  gl_FragColor = vec4(fogged(lit, distance(cameraPosition, vWorld)), 0.06 + fresnel);
  ${OUTPUT}
}
`;
