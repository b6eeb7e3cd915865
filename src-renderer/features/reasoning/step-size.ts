/** λ on a slider: a logarithmic scale of two decades either side of the run's own value, which is the middle. */
const DECADES = 2;
/** Positions of the slider: 0 … 200, so that the middle is exactly 100. */
export const POSITIONS = 200;

/** What the contract allows. */
export const SMALLEST = 1e-6;
export const LARGEST = 1e6;

/** @param own λ of the run */
export function toPosition(stepSize: number, own: number): number {
  const position = ((Math.log10(stepSize / own) + DECADES) / (2 * DECADES)) * POSITIONS;
  return Math.min(POSITIONS, Math.max(0, Math.round(position)));
}

/** λ at a position, in three digits; the middle is exactly the run's own. */
export function fromPosition(position: number, own: number): number {
  if (position === POSITIONS / 2) return own;
  const value = own * 10 ** ((position / POSITIONS) * 2 * DECADES - DECADES);
  return Math.min(LARGEST, Math.max(SMALLEST, Number(value.toPrecision(3))));
}
