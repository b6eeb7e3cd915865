import { extremesOf, Found, lowerBound, upperBound } from './extremes.ts';

/** Stands between indices where the line is broken. */
export const BREAK = -1;

/** Samples a column from which binary search finds its end faster than walking there. */
const DENSE = 64;

/**
 * The samples to draw of a curve in a window of `columns` pixel columns: of every column that holds more than two, the least and the
 * greatest finite one in their order, so that what is drawn touches exactly the pixels that the whole curve would touch, and extremes
 * are exact. `BREAK` stands where values are not finite. One sample on each side of the window is kept, so that lines run to its edge.
 * @param x rising
 * @returns indices into x and y, rising, with breaks between
 */
export function thin(x: Float64Array, y: Float64Array, low: number, high: number, columns: number): Int32Array {
  const from = Math.max(0, lowerBound(x, low) - 1);
  const to = Math.min(x.length, upperBound(x, high) + 1);
  if (to - from <= 2 * columns || !(high > low)) return all(y, from, to);

  const chosen = new Int32Array(4 * columns + 16);
  let count = 0;
  const extremes = extremesOf(y);
  const found = new Found();
  const dense = (to - from) / columns > DENSE;
  const width = (high - low) / columns;
  let k = from;
  // The column left of the window and the one right of it hold the neighbours.
  for (let column = x[from]! < low ? -1 : 0; k < to && column <= columns; column++) {
    const edge = column >= columns ? Infinity : low + (column + 1) * width;
    let end = k;
    if (dense) end = Math.min(to, Math.max(k, lowerBoundFrom(x, edge, k, to)));
    else while (end < to && x[end]! < edge) end++;
    if (end === k) continue;
    found.clear();
    extremes.find(k, end, found);
    if (found.broken && count > 0 && chosen[count - 1] !== BREAK && !Number.isFinite(y[k]!)) chosen[count++] = BREAK;
    if (found.least >= 0) {
      const first = Math.min(found.least, found.greatest);
      const second = Math.max(found.least, found.greatest);
      chosen[count++] = first;
      if (second !== first) chosen[count++] = second;
    }
    if (found.broken && count > 0 && chosen[count - 1] !== BREAK) chosen[count++] = BREAK;
    k = end;
  }
  return chosen.subarray(0, count);
}

function all(y: Float64Array, from: number, to: number): Int32Array {
  const chosen = new Int32Array(Math.max(0, to - from));
  let count = 0;
  for (let k = from; k < to; k++) {
    if (Number.isFinite(y[k]!)) chosen[count++] = k;
    else if (count > 0 && chosen[count - 1] !== BREAK) chosen[count++] = BREAK;
  }
  return chosen.subarray(0, count);
}

function lowerBoundFrom(x: Float64Array, at: number, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
