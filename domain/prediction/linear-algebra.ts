/** Square matrix, row by row. */
export type SquareMatrix = Float64Array;

/**
 * Lower triangular L with A = L Lᵀ.
 * @param matrix - symmetric, positive definite, `size` by `size`
 * @throws RangeError where it is not positive definite
 */
export function cholesky(matrix: SquareMatrix, size: number): SquareMatrix {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (i === j) {
        if (!(sum > 0)) throw new RangeError(`the matrix is not positive definite at row ${i}`);
        lower[i * size + i] = Math.sqrt(sum);
      } else {
        lower[i * size + j] = sum / lower[j * size + j]!;
      }
    }
  }
  return lower;
}

/** Solves A x = b for A = L Lᵀ. @param lower - from `cholesky` */
export function solveCholesky(lower: SquareMatrix, size: number, right: ArrayLike<number>): Float64Array {
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * x[k]!;
    x[i] = sum / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * x[k]!;
    x[i] = sum / lower[i * size + i]!;
  }
  return x;
}

/** Squared length of L⁻¹ d, which is dᵀ A⁻¹ d. */
export function squaredNorm(
  lower: ArrayLike<number>,
  size: number,
  d: ArrayLike<number>,
  scratch: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < size; i++) {
    let sum = d[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * scratch[k]!;
    const y = sum / lower[i * size + i]!;
    scratch[i] = y;
    total += y * y;
  }
  return total;
}

/** Rows of equal length in one array: row i starts at i * width. */
export interface Table {
  width: number;
  rows: number;
  values: Float64Array;
}

export function tableOf(rows: readonly ArrayLike<number>[]): Table {
  const width = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) values.set(row, i * width);
  return { width, rows: rows.length, values };
}

export function rowOf(table: Table, row: number): Float64Array {
  return table.values.subarray(row * table.width, (row + 1) * table.width);
}

export function columnOf(table: Table, column: number): Float64Array {
  const out = new Float64Array(table.rows);
  for (let i = 0; i < table.rows; i++) out[i] = table.values[i * table.width + column]!;
  return out;
}
