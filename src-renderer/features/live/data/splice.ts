/** A curve as arrays of the same length; x rises. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** First place whose x is at least `at`; with `beyond`, whose x is greater. */
function placeOf(x: Float64Array, at: number, beyond = false): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle]! < at || (beyond && x[middle] === at)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function joined(pieces: readonly Points[]): Points {
  const length = pieces.reduce((sum, { x }) => sum + x.length, 0);
  const x = new Float64Array(length);
  const y = new Float64Array(length);
  let at = 0;
  for (const piece of pieces) {
    x.set(piece.x, at);
    y.set(piece.y, at);
    at += piece.x.length;
  }
  return { x, y };
}

const part = ({ x, y }: Points, from: number, to: number): Points => ({ x: x.subarray(from, to), y: y.subarray(from, to) });

/** The coarse curve with its points between two x replaced by finer ones: what a zoomed chart draws. */
export function withFiner(coarse: Points, finer: Points): Points {
  if (finer.x.length === 0) return coarse;
  return joined([part(coarse, 0, placeOf(coarse.x, finer.x[0]!)), finer, part(coarse, placeOf(coarse.x, finer.x.at(-1)!, true), coarse.x.length)]);
}
