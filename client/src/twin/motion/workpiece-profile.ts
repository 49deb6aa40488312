/** Cells along the workpiece; one texel each. */
export const PROFILE_CELLS = 64;
/** Bytes of a cell: outer radius, bore radius (both share of the blank's radius), pattern depth, machined. */
export const CELL_BYTES = 4;
const ROW = PROFILE_CELLS * CELL_BYTES;

/** The unmachined part in the chuck, mm; lengths from the jaws' front. */
export interface Blank {
  radius: number;
  length: number;
  boreRadius: number;
}

/**
 * Radius along every workpiece, as bytes ready for a texture. Cutting only ever takes material away; a new part
 * starts from its blank.
 */
export class WorkpieceProfiles {
  readonly cells: Uint8Array;
  readonly radius: Float32Array;
  readonly length: Float32Array;
  /** grows with each change, so that an upload happens only then */
  revision = 0;

  constructor(readonly capacity: number) {
    this.cells = new Uint8Array(capacity * ROW);
    this.radius = new Float32Array(capacity);
    this.length = new Float32Array(capacity);
  }

  reset(slot: number, blank: Blank): void {
    this.radius[slot] = blank.radius;
    this.length[slot] = blank.length;
    const bore = Math.round((255 * blank.boreRadius) / blank.radius);
    for (let cell = 0; cell < PROFILE_CELLS; cell++) {
      const at = slot * ROW + cell * CELL_BYTES;
      this.cells[at] = 255;
      this.cells[at + 1] = bore;
      this.cells[at + 2] = 0;
      this.cells[at + 3] = 0;
    }
    this.revision++;
  }

  /** Takes the outside down to `radius` mm wherever z ≥ `fromZ` mm. */
  turnDown(slot: number, fromZ: number, toZ: number, radius: number): void {
    const share = this.byteOf(slot, radius);
    this.eachCell(slot, fromZ, toZ, (at) => {
      if (share >= (this.cells[at] ?? 0)) return false;
      this.cells[at] = Math.max(share, 0);
      this.cells[at + 3] = 255;
      return true;
    });
  }

  /** Opens the bore to `radius` mm from the free end down to `depthZ` mm. */
  openBore(slot: number, depthZ: number, radius: number): void {
    const share = this.byteOf(slot, radius);
    this.eachCell(slot, depthZ, this.length[slot] ?? 0, (at) => {
      if (share <= (this.cells[at + 1] ?? 0)) return false;
      this.cells[at + 1] = Math.min(share, 254);
      return true;
    });
  }

  /**
   * Presses or cuts a pattern (thread, knurl) into z = `fromZ` … `toZ` mm; `depth` 0 … 1 of its full depth. Inside a bore it
   * leaves the skin of the part as it was.
   */
  pattern(slot: number, fromZ: number, toZ: number, depth: number, inside = false): void {
    const share = Math.round(255 * Math.min(1, Math.max(0, depth)));
    this.eachCell(slot, fromZ, toZ, (at) => {
      if (share <= (this.cells[at + 2] ?? 0)) return false;
      this.cells[at + 2] = share;
      if (!inside) this.cells[at + 3] = 255;
      return true;
    });
  }

  /** Outer radius at z, mm. */
  radiusAt(slot: number, z: number): number {
    return this.shareAt(slot, z, 0) * (this.radius[slot] ?? 0);
  }

  /** Radius of the bore at z, mm; 0 where the part is solid. */
  boreAt(slot: number, z: number): number {
    return this.shareAt(slot, z, 1) * (this.radius[slot] ?? 0);
  }

  /** Depth of the pattern at z, 0 … 1. */
  patternAt(slot: number, z: number): number {
    return this.shareAt(slot, z, 2);
  }

  private shareAt(slot: number, z: number, byte: number): number {
    const cell = Math.min(PROFILE_CELLS - 1, Math.max(0, Math.floor((z / (this.length[slot] ?? 1)) * PROFILE_CELLS)));
    return (this.cells[slot * ROW + cell * CELL_BYTES + byte] ?? 0) / 255;
  }

  private byteOf(slot: number, radius: number): number {
    return Math.round((255 * radius) / (this.radius[slot] || 1));
  }

  private eachCell(slot: number, fromZ: number, toZ: number, change: (at: number) => boolean): void {
    const perCell = (this.length[slot] ?? 0) / PROFILE_CELLS;
    if (perCell <= 0) return;
    const first = Math.max(0, Math.ceil(fromZ / perCell - 0.5));
    const last = Math.min(PROFILE_CELLS - 1, Math.floor(toZ / perCell - 0.5));
    let changed = false;
    for (let cell = first; cell <= last; cell++) changed = change(slot * ROW + cell * CELL_BYTES) || changed;
    if (changed) this.revision++;
  }
}
