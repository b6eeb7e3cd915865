export interface SparkPoint {
  readonly x: number;
  readonly y: number;
  /** Begins a piece of the line. */
  readonly start: boolean;
}

/** Free pixels around a tiny curve. */
const EDGE = 2;

/**
 * Where a tiny curve runs in a box of width × height px: even steps along x, least to greatest value along y, gaps where values are
 * not finite. With `log`, decades are even if all values are above zero.
 */
export function sparkPath(values: ArrayLike<number>, width: number, height: number, log: boolean): SparkPoint[] {
  let min = Infinity;
  let max = -Infinity;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const place = log && min > 0 ? Math.log10 : (value: number) => value;
  const low = place(min);
  const span = place(max) - low;
  const points: SparkPoint[] = [];
  let open = false;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (!Number.isFinite(value)) {
      open = false;
      continue;
    }
    const x = values.length === 1 ? width / 2 : EDGE + ((width - 2 * EDGE) * k) / (values.length - 1);
    const y = span > 0 ? height - EDGE - ((height - 2 * EDGE) * (place(value) - low)) / span : height / 2;
    points.push({ x, y, start: !open });
    // A value alone between gaps is a dot: a line of no length with round caps.
    if (!open && !Number.isFinite(values[k + 1] ?? NaN)) points.push({ x: x + 0.01, y, start: false });
    open = true;
  }
  return points;
}
