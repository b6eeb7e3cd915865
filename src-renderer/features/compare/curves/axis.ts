import type { Axis } from '../view/view.ts';
import type { Curve } from '../groups/mean-curve.ts';

export const AXES: readonly { readonly value: Axis; readonly label: string; readonly title: string; readonly hint: string }[] = [
  { value: 'iteration', label: 'Iteration', title: 'Training iteration', hint: 'Training iterations' },
  { value: 'time', label: 'Time', title: 'Training time, s', hint: 'Sum of the iterations\' wall times, pauses left out' },
  { value: 'share', label: 'Share of run', title: 'Share of the planned iterations, %', hint: 'Iteration divided by the iterations that the run shall have' },
];

/** Values of a line through points at other x, which count up: straight between points, NaN outside of them. */
export function interpolate({ x, y }: Curve, at: Float64Array): Float64Array {
  const values = new Float64Array(at.length);
  let right = 0;
  for (let i = 0; i < at.length; i++) {
    const target = at[i]!;
    while (right < x.length && x[right]! < target) right++;
    if (right === x.length || (right === 0 && x[0] !== target)) values[i] = NaN;
    else if (x[right] === target) values[i] = y[right]!;
    else values[i] = y[right - 1]! + ((y[right]! - y[right - 1]!) * (target - x[right - 1]!)) / (x[right]! - x[right - 1]!);
  }
  return values;
}

/**
 * A curve over iterations against another axis.
 *
 * @param elapsed training time in ms against iteration; what lies outside of it is left out, for its time is not known (yet)
 * @param planned iterations that the run shall have
 */
export function onAxis(curve: Curve, axis: Axis, planned: number, elapsed: Curve | undefined): Curve {
  if (axis === 'iteration') return curve;
  if (axis === 'share') return { x: curve.x.map((iteration) => (100 * iteration) / planned), y: curve.y };
  if (!elapsed) return { x: new Float64Array(), y: new Float64Array() };
  const ms = interpolate(withOrigin(elapsed), curve.x);
  const known = Array.from(ms.keys()).filter((i) => !Number.isNaN(ms[i]!));
  return { x: Float64Array.from(known, (i) => ms[i]! / 1000), y: Float64Array.from(known, (i) => curve.y[i]!) };
}

/** Before the first iteration no time was spent; a fork begins at its own first iteration. */
function withOrigin({ x, y }: Curve): Curve {
  const first = x[0];
  if (first === undefined || first === 0) return { x, y };
  return { x: Float64Array.of(first - 1, ...x), y: Float64Array.of(0, ...y) };
}

/** Means in windows of one width, aligned at its multiples and standing at their middles: what gives curves a grid in common. */
export function rebin({ x, y }: Curve, width: number): Curve {
  const middles: number[] = [];
  const means: number[] = [];
  for (let start = 0; start < x.length; ) {
    const window = Math.floor(x[start]! / width);
    let end = start;
    let sum = 0;
    for (; end < x.length && Math.floor(x[end]! / width) === window; end++) sum += y[end]!;
    middles.push((window + 0.5) * width);
    means.push(sum / (end - start));
    start = end;
  }
  return { x: Float64Array.from(middles), y: Float64Array.from(means) };
}
