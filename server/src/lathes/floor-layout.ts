/** A lathe of this class is about 3.5 m wide and 1.8 m deep; the pitch leaves doors, chip bins and a walkway free. */
const WIDTH_PITCH_M = 5;
const ROW_PITCH_M = 6;
/** One crossing aisle for forklifts after every so many lathes of a row. */
const LATHES_BETWEEN_AISLES = 5;
const AISLE_M = 3.5;

export interface FloorPosition {
  /** m across the floor */
  x: number;
  /** m along the floor */
  z: number;
}

/**
 * Places `count` lathes in rows with aisles, the whole plant centred on the origin, first lathe back left.
 * @returns one position per lathe, in their order
 */
export function floorLayout(count: number): FloorPosition[] {
  const columns = columnsFor(count);
  const rows = Math.ceil(count / columns);
  const middleX = columnX(columns - 1) / 2;
  const middleZ = ((rows - 1) * ROW_PITCH_M) / 2;
  return Array.from({ length: count }, (_, i) => ({
    x: columnX(i % columns) - middleX,
    z: Math.floor(i / columns) * ROW_PITCH_M - middleZ,
  }));
}

/** A hall is wider than deep, and full blocks of lathes between aisles look like one. */
function columnsFor(count: number): number {
  if (count <= LATHES_BETWEEN_AISLES) return count;
  const blocks = Math.max(1, Math.round(Math.sqrt(count * 1.2) / LATHES_BETWEEN_AISLES));
  return blocks * LATHES_BETWEEN_AISLES;
}

function columnX(column: number): number {
  return column * WIDTH_PITCH_M + Math.floor(column / LATHES_BETWEEN_AISLES) * AISLE_M;
}
