/** How far ours is from golden, in double precision. */
export interface Deviation {
  /** ‖ours − golden‖ / ‖golden‖, or ‖ours‖ itself where golden is exactly zero (there is nothing to divide by). */
  readonly error: number;
  /** True where the error is ‖ours‖. */
  readonly absolute: boolean;
}

/** Compares two arrays of the same length. A number that is not finite on either side makes the error NaN. */
export function deviation(ours: ArrayLike<number>, golden: ArrayLike<number>): Deviation {
  if (ours.length !== golden.length) throw new RangeError(`compared ${ours.length} numbers with ${golden.length}`);
  let difference = 0;
  let size = 0;
  for (let i = 0; i < golden.length; i++) {
    difference += (ours[i]! - golden[i]!) ** 2;
    size += golden[i]! ** 2;
  }
  const absolute = size === 0;
  const error = Math.sqrt(difference) / (absolute ? 1 : Math.sqrt(size));
  return { error: Number.isFinite(error) ? error : NaN, absolute };
}
