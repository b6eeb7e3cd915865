/** A distribution over problems in a few numbers. */
export interface Distribution {
  readonly mean: number;
  /** 95 % confidence interval of the mean: ± 1.96 s / √n, s the sample deviation. Normal approximation: n is in the hundreds and more. */
  readonly low: number;
  readonly high: number;
  /** Values below which 5, 25, 50, 75 and 95 % of the problems lie, interpolated linearly. */
  readonly quantiles: readonly [number, number, number, number, number];
}

const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/** @param values at least one; a value that is not a number makes mean and interval NaN */
export function distributionOf(values: Float32Array | Float64Array): Distribution {
  const n = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const half = n > 1 ? (Z * Math.sqrt(squares / (n - 1))) / Math.sqrt(n) : NaN;
  // NaN sorts last: it is worse than any error.
  const sorted = Float64Array.from(values).sort();
  const [a, b, c, d, e] = SHARES.map((share) => quantile(sorted, share)) as [number, number, number, number, number];
  return { mean, low: mean - half, high: mean + half, quantiles: [a, b, c, d, e] };
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below === above ? below : below + (above - below) * (at - Math.floor(at));
}

/**
 * Spearman's rank correlation: Pearson's of the ranks, tied values sharing their mean rank.
 *
 * @returns NaN for fewer than two points and where one side does not vary
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (x.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - middle) * (y[i]! - middle);
    xx += (x[i]! - middle) ** 2;
    yy += (y[i]! - middle) ** 2;
  }
  return xx === 0 || yy === 0 ? NaN : xy / Math.sqrt(xx * yy);
}

/** Ranks from 1, tied values with the mean of theirs. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const out = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) out[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return out;
}
