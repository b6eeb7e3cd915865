/** Some numbers in one line. NaN and infinities are counted and take no part in mean and deviation. */
export interface Summary {
  /** NaN when no number is finite. */
  readonly mean: number;
  /** Sample standard deviation (n − 1); null for fewer than two finite numbers. */
  readonly deviation: number | null;
  /** Finite numbers. */
  readonly n: number;
  readonly nonFinite: number;
}

export function summarise(values: readonly number[]): Summary {
  const finite = values.filter(Number.isFinite);
  const n = finite.length;
  const mean = n === 0 ? NaN : finite.reduce((sum, value) => sum + value, 0) / n;
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: n < 2 ? null : Math.sqrt(squares / (n - 1)), n, nonFinite: values.length - n };
}
