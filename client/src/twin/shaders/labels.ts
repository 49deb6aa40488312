/** Quads in CSS pixels around a point in space: panels, health shapes and letters, all in one draw. */
export const LABEL_VERTEX = /* glsl */ `
attribute vec3 anchor;
attribute vec4 rect;   // offset x y from the anchor, width, height; px, y down
attribute vec4 texel;  // place in the atlas
attribute vec4 ink;    // sRGB, alpha
attribute float kind;
uniform vec2 uViewport;
varying vec2 vUv;
varying vec2 vPx;
varying vec2 vHalf;
varying vec4 vInk;
varying float vKind;
void main() {
  vec4 clip = projectionMatrix * viewMatrix * vec4(anchor, 1.0);
  vec2 corner = position.xy;
  vec2 px = rect.xy + corner * rect.zw;
  vec2 base = floor((clip.xy / clip.w * vec2(0.5, -0.5) + 0.5) * uViewport + 0.5);
  vec2 at = (base + px) / uViewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0);
  gl_Position = vec4(at, clip.w > 0.1 ? 0.0 : 2.0, 1.0);
  vUv = texel.xy + corner * texel.zw;
  vHalf = rect.zw * 0.5;
  vPx = (corner - 0.5) * rect.zw;
  vInk = ink;
  vKind = kind;
}
`;

/** Kinds of quad. */
export const QUAD = { panel: 0, letter: 1, circle: 2, triangle: 3, diamond: 4, dashed: 5 } as const;

export const LABEL_FRAGMENT = /* glsl */ `
uniform sampler2D uAtlas;
varying vec2 vUv;
varying vec2 vPx;
varying vec2 vHalf;
varying vec4 vInk;
varying float vKind;
float cover(float distance) { return clamp(0.5 - distance / max(fwidth(distance), 0.001), 0.0, 1.0); }
void main() {
  int kind = int(vKind + 0.5);
  float alpha;
  if (kind == ${QUAD.letter}) {
    alpha = texture2D(uAtlas, vUv).a;
  } else if (kind == ${QUAD.panel}) {
    vec2 q = abs(vPx) - vHalf + 5.0;
    alpha = cover(length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - 5.0);
  } else if (kind == ${QUAD.circle}) {
    alpha = cover(length(vPx) - vHalf.x + 0.5);
  } else if (kind == ${QUAD.triangle}) {
    vec2 p = vec2(abs(vPx.x), vPx.y + vHalf.y * 0.9);
    alpha = cover(max(dot(p, normalize(vec2(1.8, -1.0))), p.y - vHalf.y * 1.75));
  } else if (kind == ${QUAD.diamond}) {
    alpha = cover((abs(vPx.x) + abs(vPx.y) - vHalf.x) * 0.7071);
  } else {
    float ring = abs(length(vPx) - vHalf.x + 1.5) - 1.1;
    alpha = cover(ring) * step(0.45, fract(atan(vPx.y, vPx.x) * 1.1141));
  }
  if (alpha * vInk.a < 0.004) discard;
  gl_FragColor = vec4(vInk.rgb, alpha * vInk.a);
}
`;
