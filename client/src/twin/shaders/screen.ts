/**
 * The panel's screen, drawn from the lathe's own figures: tool x and z, speed, feed, spindle load and progress.
 * Letters are 3 × 5 dots in 15 bits, rows from the top.
 */
export const SCREEN = /* glsl */ `
const int DOTS[16] = int[16](31599, 11415, 29671, 29647, 23497, 31183, 31215, 29257, 31727, 31695, 23213, 29351, 14478, 31140, 2, 448);
float dots(int glyph, vec2 at) {
  if (at.x < 0.0 || at.x >= 3.0 || at.y < 0.0 || at.y >= 5.0) return 0.0;
  int bit = int(at.y) * 3 + int(at.x);
  return float((DOTS[glyph] >> bit) & 1);
}
// One line: a letter, then a number with \`decimals\` digits behind the point, right aligned in nine places.
float line(vec2 at, int letter, float value, int decimals) {
  vec2 cell = vec2(floor(at.x / 4.0), 0.0);
  vec2 in_ = vec2(2.999 - (at.x - cell.x * 4.0), at.y);
  int place = int(cell.x);
  if (place < 0 || place > 9) return 0.0;
  if (place == 0) return dots(letter, in_);
  int fromRight = 9 - place;
  if (decimals > 0 && fromRight == decimals) return dots(14, in_);
  int power = decimals > 0 && fromRight > decimals ? fromRight - 1 : fromRight;
  float scaled = floor(abs(value) * pow(10.0, float(decimals)) + 0.5);
  float rest = floor(scaled / pow(10.0, float(power)) + 0.0001);
  if (rest < 0.5 && power > decimals) {
    float before = floor(scaled / pow(10.0, float(power - 1)) + 0.0001);
    return value < 0.0 && (before > 0.5 || power - 1 == decimals) ? dots(15, in_) : 0.0;
  }
  return dots(int(mod(rest, 10.0)), in_);
}
float bar(vec2 uv, float y, float share) {
  float frame = step(0.06, uv.x) * step(uv.x, 0.94) * step(y, uv.y) * step(uv.y, y + 0.055);
  return frame * (uv.x < 0.06 + 0.88 * clamp(share, 0.0, 1.0) ? 1.0 : 0.16);
}
/** figures: x mm, z mm, rpm, feed mm/min; shares: load, progress */
vec3 screenLight(vec2 uv, float power, vec4 figures, vec2 shares, float pixel) {
  vec3 c = vec3(0.010, 0.016, 0.021) + vec3(0.022, 0.032, 0.04) * step(0.9, uv.y);
  vec2 at = vec2((uv.x - 0.06) * 46.0, 0.0);
  float rows = (0.86 - uv.y) / 0.145;
  int row = int(floor(rows));
  at.y = 4.999 - fract(rows) * 7.4;
  float ink = 0.0;
  if (row == 0) ink = line(at, 10, figures.x, 2);
  else if (row == 1) ink = line(at, 11, figures.y, 2);
  else if (row == 2) ink = line(at, 12, figures.z, 0);
  else if (row == 3) ink = line(at, 13, figures.w, 0);
  float blur = smoothstep(0.003, 0.016, pixel);
  ink = mix(ink, 0.42 * step(0.0, rows) * step(rows, 4.0) * step(uv.x, 0.9) * step(0.06, uv.x) * step(fract(rows), 0.68), blur);
  c += vec3(0.52, 0.58, 0.62) * ink;
  c += vec3(0.34, 0.4, 0.44) * (bar(uv, 0.16, shares.x) + bar(uv, 0.07, shares.y));
  return c * (0.3 + 0.7 * power);
}
`;
