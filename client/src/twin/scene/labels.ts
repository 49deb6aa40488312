import {
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  type PerspectiveCamera,
  PlaneGeometry,
  ShaderMaterial,
  Vector2,
  Vector3,
} from 'three';
import { LATHE_STATUSES } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { liveTicks } from '../../live/tick-buffer';
import type { FleetMotion } from '../motion/fleet-motion';
import { LABEL_FRAGMENT, LABEL_VERTEX, QUAD } from '../shaders/labels';
import { CELL_HEIGHT, GlyphAtlas } from './glyph-atlas';
import { type LabelWish, placeLabels } from './label-placement';

type Rgb = readonly [number, number, number];

const MOST_QUADS = 3072;
const FONT_PX = 16;
const LINE_PX = 20;
const GAP_PX = 7;
const ANCHOR_Y = 2.42;
/** Width of a lathe on screen, px, from which its label has its whole name, its speed, or its number at all. */
const NAMED_PX = 150;
const FULL_PX = 72;
const SHORT_PX = 34;
const REFRESH_MS = 200;

const PANEL: Rgb = [0.075, 0.09, 0.1];
const TEXT: Rgb = [0.89, 0.905, 0.918];
const DIM: Rgb = [0.66, 0.7, 0.73];
const DARK: Rgb = [0.08, 0.09, 0.1];
/** good, watch, poor, critical, unknown: the hues of the pages */
const HUES: readonly Rgb[] = [DIM, [0.94, 0.835, 0.275], [1, 0.616, 0.259], [0.949, 0.314, 0.294], DIM];
const SHAPES = [0, QUAD.circle, QUAD.triangle, QUAD.diamond, QUAD.dashed] as const;
const WORDS = ['', 'Watch', 'Poor', 'Critical', 'Unknown'];
const STATUS_WORDS = { idle: 'Idle', running: '', maintenance: 'Maintenance', alarm: 'Alarm', offline: 'Offline' };

interface Label {
  lathe: LatheDto;
  name: string;
  line: string;
  band: number;
  /** the line stands under the name, not behind it */
  tall: boolean;
  width: number;
  height: number;
}

/** Names, speeds and health marks over the lathes; placed anew a few times a second, carried along by the GPU between. */
export class Labels {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  private readonly atlas: GlyphAtlas;
  private readonly viewport = new Vector2(1, 1);
  private readonly point = new Vector3();
  private quads = 0;
  private nextMs = 0;
  private signature = '';

  constructor(
    private readonly motion: FleetMotion,
    changed: () => void,
  ) {
    this.atlas = new GlyphAtlas(() => {
      this.nextMs = 0;
      this.signature = '';
      changed();
    });
    const geometry = new InstancedBufferGeometry();
    const plane = new PlaneGeometry(1, 1).translate(0.5, 0.5, 0);
    geometry.setAttribute('position', plane.getAttribute('position'));
    geometry.setIndex(plane.getIndex());
    for (const [name, size] of Object.entries({ anchor: 3, rect: 4, texel: 4, ink: 4, kind: 1 })) {
      const attribute = new InstancedBufferAttribute(new Float32Array(MOST_QUADS * size), size);
      attribute.setUsage(DynamicDrawUsage);
      geometry.setAttribute(name, attribute);
    }
    geometry.instanceCount = 0;
    const material = new ShaderMaterial({
      uniforms: { uViewport: { value: this.viewport }, uAtlas: { value: this.atlas.texture } },
      vertexShader: LABEL_VERTEX,
      fragmentShader: LABEL_FRAGMENT,
    });
    material.transparent = true;
    material.depthTest = material.depthWrite = false;
    material.toneMapped = false;
    // Seen from the camera the y axis of the quads points down.
    material.side = 2;
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 10;
  }

  setViewport(width: number, height: number): void {
    this.viewport.set(width, height);
    this.nextMs = 0;
  }

  hide(): void {
    this.mesh.visible = false;
    this.signature = '';
  }

  /** Writes the labels anew when it is time. @returns whether the picture changes */
  refresh(
    lathes: readonly LatheDto[],
    selectedId: string | undefined,
    camera: PerspectiveCamera,
    nowMs: number,
  ): boolean {
    if (nowMs < this.nextMs) return false;
    this.nextMs = nowMs + REFRESH_MS;
    this.mesh.visible = true;
    const labels = new Map<number, Label>();
    const wishes: LabelWish[] = [];
    const perMetre = this.viewport.y / (2 * Math.tan((camera.fov * Math.PI) / 360));
    for (const lathe of lathes) {
      this.point.set(lathe.position.x, ANCHOR_Y, lathe.position.z);
      const depth = -this.point.applyMatrix4(camera.matrixWorldInverse).z;
      if (depth < camera.near) continue;
      this.point.applyMatrix4(camera.projectionMatrix);
      if (Math.abs(this.point.x) > 1.05 || Math.abs(this.point.y) > 1.05) continue;
      const chosen = lathe.id === selectedId;
      const label = this.describe(lathe, (3.4 * perMetre) / depth, chosen);
      if (!label) continue;
      labels.set(lathe.index, label);
      const worse = label.band < 4 ? label.band : 0.5;
      wishes.push({
        slot: lathe.index,
        x: ((this.point.x + 1) / 2) * this.viewport.x,
        y: ((1 - this.point.y) / 2) * this.viewport.y,
        width: label.width,
        height: label.height,
        rank: (chosen ? 10_000 : 0) + worse * 1000 - depth,
      });
    }
    const places = placeLabels(wishes, this.viewport.x, this.viewport.y);
    const signature = places
      .map(({ slot, left, top }) => `${slot}${labels.get(slot)?.name}${labels.get(slot)?.line}${left | 0},${top | 0}`)
      .join();
    if (signature === this.signature) return false;
    this.signature = signature;
    this.quads = 0;
    for (const { slot, left, top } of places) {
      const wish = wishes.find((candidate) => candidate.slot === slot);
      const label = labels.get(slot);
      if (wish && label) this.write(label, left - Math.round(wish.x), top - Math.round(wish.y));
    }
    const { geometry } = this.mesh;
    geometry.instanceCount = this.quads;
    for (const name of ['anchor', 'rect', 'texel', 'ink', 'kind']) {
      const attribute = geometry.getAttribute(name) as InstancedBufferAttribute;
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, this.quads * attribute.itemSize);
      attribute.needsUpdate = true;
    }
    return true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.atlas.texture.dispose();
  }

  private describe(lathe: LatheDto, widthPx: number, chosen: boolean): Label | null {
    const slot = lathe.index;
    const band = this.motion.isStale(slot) ? 4 : this.motion.bandOf(slot);
    const wrong = band > 0 && band < 4;
    const full = widthPx >= FULL_PX || chosen;
    if (!full && !wrong && widthPx < SHORT_PX) return null;
    const status = LATHE_STATUSES[liveTicks.status[slot] ?? 4] ?? 'offline';
    const rpm = Math.round(this.motion.rpmOf(slot) / 10) * 10;
    const says = STATUS_WORDS[status] || (this.motion.isStale(slot) ? 'No data' : `${rpm} rpm`);
    const tall = full && (wrong || chosen);
    const line = tall && wrong ? `${WORDS[band]} · ${says}` : full ? says : '';
    const name = tall || widthPx >= NAMED_PX ? lathe.name : lathe.name.replace(/^\D+/, '') || lathe.name;
    const first = this.atlas.widthOf(name, true) * FONT_PX + (band > 0 ? 20 : 0);
    const second = this.atlas.widthOf(line, false) * FONT_PX;
    const text = tall ? Math.max(first, second) : first + (line ? GAP_PX + second : 0);
    return { lathe, name, line, band, tall, width: Math.ceil(text) + 14, height: tall ? 2 * LINE_PX + 8 : LINE_PX + 4 };
  }

  private write(label: Label, x: number, y: number): void {
    const { lathe, band, width, height } = label;
    const at: Rgb = [lathe.position.x, ANCHOR_Y, lathe.position.z];
    this.quad(at, x, y, width, height, PANEL, 0.86, QUAD.panel);
    let left = x + 7;
    const shape = SHAPES[band] ?? 0;
    const hue = HUES[band] ?? DIM;
    if (shape) {
      this.quad(at, left, y + 5, 15, 15, hue, 1, shape);
      if (band === 3) this.text(at, left + 4, y + 4.5, '1', true, 11, DARK);
      left += 20;
    }
    const end = this.text(at, left, y + 3, label.name, true, FONT_PX, TEXT);
    const ink = band > 0 && band < 4 ? hue : DIM;
    if (label.tall) this.text(at, x + 7, y + 3 + LINE_PX, label.line, false, FONT_PX, ink);
    else if (label.line) this.text(at, end + GAP_PX, y + 3, label.line, false, FONT_PX, ink);
  }

  private text(at: Rgb, x: number, y: number, text: string, bold: boolean, size: number, ink: Rgb): number {
    let pen = x;
    for (const character of text) {
      const glyph = this.atlas.glyph(character, bold);
      if (!glyph) continue;
      const pad = ((glyph.width - glyph.advance) / 2) * size;
      const quad = [glyph.u, glyph.v, glyph.w, glyph.h] as const;
      if (character !== ' ')
        this.quad(at, pen - pad, y, glyph.width * size, CELL_HEIGHT * size, ink, 1, QUAD.letter, quad);
      pen += glyph.advance * size;
    }
    return pen;
  }

  private quad(
    at: Rgb,
    x: number,
    y: number,
    width: number,
    height: number,
    ink: Rgb,
    alpha: number,
    kind: number,
    texel: readonly [number, number, number, number] = [0, 0, 0, 0],
  ): void {
    if (this.quads >= MOST_QUADS) return;
    const i = this.quads++;
    const { geometry } = this.mesh;
    geometry.getAttribute('anchor').setXYZ(i, ...at);
    geometry.getAttribute('rect').setXYZW(i, x, y, width, height);
    geometry.getAttribute('texel').setXYZW(i, ...texel);
    geometry.getAttribute('ink').setXYZW(i, ink[0], ink[1], ink[2], alpha);
    geometry.getAttribute('kind').setX(i, kind);
  }
}
