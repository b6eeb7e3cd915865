/** A curve as numbers: y[i] at x[i], x counting up. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** From here on so many of the members contribute, and why it changed. */
export interface Contribution {
  readonly x: number;
  readonly n: number;
  /** Indices of members whose curve begins after x, ended before it, or is not finite at it. */
  readonly notYet: readonly number[];
  readonly ended: readonly number[];
  readonly nonFinite: readonly number[];
}

export interface MeanCurve extends Curve {
  /** Mean ± sample standard deviation (n − 1); the mean itself where fewer than two contribute. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Members with a finite value at each x. */
  readonly n: Float64Array;
  /** The first entry is where the mean begins; another one wherever the contributing members change. */
  readonly contributions: readonly Contribution[];
}

/**
 * Mean and deviation over curves, on the grid that they share: the x at which every curve has a value whose first and last x lie
 * around it. Nothing is interpolated. A value that is not finite takes no part and is told in `contributions`; where nobody
 * contributes the mean is NaN.
 *
 * @param curves members in order; empty ones are allowed and never contribute
 */
export function meanCurve(curves: readonly Curve[]): MeanCurve {
  const grid = sharedGrid(curves);
  const size = grid.length;
  const y = new Float64Array(size);
  const low = new Float64Array(size);
  const high = new Float64Array(size);
  const n = new Float64Array(size);
  const contributions: Contribution[] = [];
  const at = curves.map(() => 0);
  let state = '';
  for (let i = 0; i < size; i++) {
    const x = grid[i]!;
    const notYet: number[] = [];
    const ended: number[] = [];
    const nonFinite: number[] = [];
    // Welford's update: no second pass, and stable for values that differ little.
    let count = 0;
    let mean = 0;
    let squares = 0;
    for (let member = 0; member < curves.length; member++) {
      const curve = curves[member]!;
      let index = at[member]!;
      while (index < curve.x.length && curve.x[index]! < x) index++;
      at[member] = index;
      if (index >= curve.x.length) ended.push(member);
      else if (curve.x[index] !== x) notYet.push(member);
      else if (!Number.isFinite(curve.y[index])) nonFinite.push(member);
      else {
        const value = curve.y[index]!;
        const before = value - mean;
        mean += before / ++count;
        squares += before * (value - mean);
      }
    }
    const deviation = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    y[i] = count === 0 ? NaN : mean;
    low[i] = y[i]! - deviation;
    high[i] = y[i]! + deviation;
    n[i] = count;
    const now = `${notYet.join()}|${ended.join()}|${nonFinite.join()}`;
    if (i === 0 || now !== state) contributions.push({ x, n: count, notYet, ended, nonFinite });
    state = now;
  }
  return { x: grid, y, low, high, n, contributions };
}

/** x in order at which no curve that spans it lacks a value. */
function sharedGrid(curves: readonly Curve[]): Float64Array {
  const filled = curves.filter(({ x }) => x.length > 0);
  const at = filled.map(() => 0);
  const grid: number[] = [];
  for (;;) {
    let x = Infinity;
    for (let c = 0; c < filled.length; c++) x = Math.min(x, filled[c]!.x[at[c]!] ?? Infinity);
    if (x === Infinity) return Float64Array.from(grid);
    let shared = true;
    for (let c = 0; c < filled.length; c++) {
      const curve = filled[c]!.x;
      const index = at[c]!;
      if (curve[index] === x) at[c] = index + 1;
      else if (index > 0 && index < curve.length) shared = false;
    }
    if (shared) grid.push(x);
  }
}
