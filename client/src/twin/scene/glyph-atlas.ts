import { CanvasTexture, LinearFilter, LinearMipmapLinearFilter } from 'three';

export interface Glyph {
  /** share of the atlas: left, top, width, height */
  u: number;
  v: number;
  w: number;
  h: number;
  /** of the font size */
  advance: number;
  width: number;
}

export const GLYPH_PX = 44;
/** Height of a glyph's cell and its baseline, of the font size. */
export const CELL_HEIGHT = 1.3;
const PAD = 4;
const SIZE = 1024;
const FAMILY = '"Inter Variable", "Inter", system-ui, sans-serif';
const CHARACTERS = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;-–—_/()%#+'&°·?!äöüÄÖÜß`;
export const WEIGHTS = [500, 650] as const;

/** Letters drawn once; labels are then only numbers that point here. Redrawn when the bundled font has arrived. */
export class GlyphAtlas {
  readonly texture: CanvasTexture;
  private readonly glyphs = new Map<string, Glyph>();
  private readonly canvas = document.createElement('canvas');

  constructor(private readonly redrawn: () => void) {
    this.canvas.width = this.canvas.height = SIZE;
    this.texture = new CanvasTexture(this.canvas);
    this.texture.minFilter = LinearMipmapLinearFilter;
    this.texture.magFilter = LinearFilter;
    this.texture.flipY = false;
    this.draw();
    const fonts = WEIGHTS.map((weight) => document.fonts.load(`${weight} ${GLYPH_PX}px "Inter Variable"`));
    void Promise.all(fonts).then(() => {
      this.draw();
      this.redrawn();
    });
  }

  glyph(character: string, bold: boolean): Glyph | undefined {
    return this.glyphs.get(`${bold ? 1 : 0}${character}`) ?? this.glyphs.get(`${bold ? 1 : 0}?`);
  }

  /** Width of a text, of the font size. */
  widthOf(text: string, bold: boolean): number {
    let width = 0;
    for (const character of text) width += this.glyph(character, bold)?.advance ?? 0;
    return width;
  }

  private draw(): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, SIZE, SIZE);
    context.fillStyle = '#fff';
    context.textBaseline = 'alphabetic';
    const cell = Math.ceil(GLYPH_PX * CELL_HEIGHT);
    let x = 0;
    let y = 0;
    WEIGHTS.forEach((weight, bold) => {
      context.font = `${weight} ${GLYPH_PX}px ${FAMILY}`;
      context.fontVariantCaps = 'normal';
      for (const character of CHARACTERS) {
        const digit = character >= '0' && character <= '9';
        const own = context.measureText(character).width;
        // Figures share one width, so that a changing number does not tremble.
        const advance = digit ? context.measureText('0').width : own;
        const width = Math.ceil(advance) + 2 * PAD;
        if (x + width > SIZE) {
          x = 0;
          y += cell + PAD;
        }
        context.fillText(character, x + PAD + (advance - own) / 2, y + GLYPH_PX);
        this.glyphs.set(`${bold}${character}`, {
          u: x / SIZE,
          v: y / SIZE,
          w: width / SIZE,
          h: cell / SIZE,
          advance: advance / GLYPH_PX,
          width: width / GLYPH_PX,
        });
        x += width;
      }
    });
    this.texture.needsUpdate = true;
  }
}
