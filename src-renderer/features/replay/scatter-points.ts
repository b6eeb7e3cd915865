/** At most `most` rows, spread evenly over all of them, so that a thinned cloud has the shape of the whole. */
export function sampleRows(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor(((i + 0.5) * rows.length) / most)]!);
}

/** The rows with one more, where it is not among them: the chosen one is always drawn. @param row −1: none */
export const withRow = (rows: Uint32Array, row: number): Uint32Array => (row < 0 || rows.includes(row) ? rows : Uint32Array.of(...rows, row));
