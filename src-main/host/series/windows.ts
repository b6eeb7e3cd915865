/** Values with their iterations, in order. */
export interface Points {
  readonly iterations: Float64Array;
  readonly values: Float64Array;
}

/**
 * Means over windows of `every` iterations that begin at multiples of it; a mean stands at its window's middle and is NaN when a
 * value of its window is. Windows without a value are left out. So curves of several runs share their iterations.
 */
export function windowMeans({ iterations, values }: Points, every: number): Points {
  const at: number[] = [];
  const means: number[] = [];
  for (let i = 0; i < values.length; ) {
    const window = Math.floor(iterations[i]! / every);
    const next = (window + 1) * every;
    let sum = 0;
    const start = i;
    for (; i < values.length && iterations[i]! < next; i++) sum += values[i]!;
    at.push((window + 0.5) * every);
    means.push(sum / (i - start));
  }
  return { iterations: Float64Array.from(at), values: Float64Array.from(means) };
}
