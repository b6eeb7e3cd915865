/**
 * Spearman's rank correlation: Pearson's of the ranks, equal values sharing their mean rank. Pairs with a number that is not finite are
 * left out. NaN for fewer than two pairs or where one side never varies.
 */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const rows = Array.from(a.keys()).filter((i) => Number.isFinite(a[i]) && Number.isFinite(b[i]));
  const x = ranks(Float64Array.from(rows, (i) => a[i]!));
  const y = ranks(Float64Array.from(rows, (i) => b[i]!));
  const mean = (rows.length - 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < rows.length; i++) {
    const dx = x[i]! - mean;
    const dy = y[i]! - mean;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? NaN : xy / Math.sqrt(xx * yy);
}

/** Ranks from 0; equal values get the mean of their places. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  const rank = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let i = from; i <= to; i++) rank[order[i]!] = (from + to) / 2;
    from = to + 1;
  }
  return rank;
}
