/** What is known of values as a whole. */
export interface Extremes {
  /** Over finite values; null when there is none. */
  readonly min: number | null;
  readonly max: number | null;
  /** How many are NaN or infinite. */
  readonly nonFinite: number;
}

/** Values in order of their iterations. */
export interface Points {
  /** Each value's iteration; null when they count up from `first`. */
  readonly iterations: Float64Array | null;
  readonly first: number;
  readonly values: Float64Array;
}

export function extremes(values: Float64Array): Extremes {
  const { low, high, nonFinite } = placesOf(values);
  return { min: values[low] ?? null, max: values[high] ?? null, nonFinite };
}

/** Indices of the smallest and the largest finite value, the first of each, and of the first value that is not finite; −1 where there is none. */
export interface Places {
  readonly low: number;
  readonly high: number;
  readonly odd: number;
  /** How many are NaN or infinite. */
  readonly nonFinite: number;
}

/** Looks through values[start … end). */
export function placesOf(values: Float64Array, start = 0, end = values.length): Places {
  let low = -1;
  let high = -1;
  let odd = -1;
  let nonFinite = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    // value − value is 0 for a finite number and NaN for any other.
    if (value - value !== 0) {
      nonFinite++;
      if (odd < 0) odd = i;
    } else {
      if (value < least) {
        least = value;
        low = i;
      }
      if (value > most) {
        most = value;
        high = i;
      }
    }
  }
  return { low, high, odd, nonFinite };
}

export const iterationAt = ({ iterations, first }: Pick<Points, 'iterations' | 'first'>, index: number): number => (iterations ? iterations[index]! : first + index);

export const lastOf = (points: Points): number => iterationAt(points, points.values.length - 1);

/** Points with as little said as possible: iterations that count up by one need no list. Needs at least one. */
function compact(iterations: Float64Array, values: Float64Array): Points {
  const first = iterations[0]!;
  // Iterations are whole, different and in order, so the ends decide.
  const gapless = iterations.at(-1)! - first === iterations.length - 1;
  return { iterations: gapless ? null : iterations, first, values };
}

/** Both together; where both have an iteration, the newer value holds. */
export function merge(older: readonly Points[], newer: Points): Points {
  const total = older.reduce((sum, { values }) => sum + values.length, newer.values.length);
  const iterations = new Float64Array(total);
  const values = new Float64Array(total);
  const start = newer.first;
  const end = lastOf(newer);
  let used = 0;
  let placed = 0;
  const put = (iteration: number, value: number) => {
    iterations[used] = iteration;
    values[used++] = value;
  };
  const putNewer = (before: number) => {
    while (placed < newer.values.length && iterationAt(newer, placed) < before) put(iterationAt(newer, placed), newer.values[placed++]!);
  };
  for (const chunk of older) {
    for (let i = 0; i < chunk.values.length; i++) {
      const iteration = iterationAt(chunk, i);
      putNewer(iteration);
      // A newer piece has no gaps: everything between its ends is replaced.
      if (iteration < start || iteration > end) put(iteration, chunk.values[i]!);
    }
  }
  putNewer(Infinity);
  return compact(iterations.subarray(0, used), values.subarray(0, used));
}

/** The same points in pieces of at most `size`; without gaps, they end before multiples of it, where windows of thinned series end too. */
export function split(points: Points, size: number): Points[] {
  const pieces: Points[] = [];
  const total = points.values.length;
  for (let at = 0, end = 0; at < total; at = end) {
    const first = iterationAt(points, at);
    end = Math.min(total, points.iterations ? at + size : at + (Math.floor(first / size) + 1) * size - first);
    const values = points.values.subarray(at, end);
    pieces.push(points.iterations ? compact(points.iterations.subarray(at, end), values) : { iterations: null, first, values });
  }
  return pieces;
}
