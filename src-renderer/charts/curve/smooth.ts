/**
 * Exponential moving average without the bias towards its start (Kingma and Ba 2015, section 3):
 *     m_t = w m_(t−1) + (1 − w) y_t,    smoothed_t = m_t / (1 − w^t)
 * t counts finite values; values that are not finite stay as they are and do not disturb what follows.
 * @param weight w in [0, 1); 0 changes nothing
 */
export function smooth(y: Float64Array, weight: number): Float64Array {
  if (!(weight > 0)) return y;
  const smoothed = new Float64Array(y.length);
  let mean = 0;
  let missing = 1;
  for (let k = 0; k < y.length; k++) {
    const value = y[k]!;
    if (Number.isFinite(value)) {
      mean = weight * mean + (1 - weight) * value;
      missing *= weight;
      smoothed[k] = mean / (1 - missing);
    } else smoothed[k] = value;
  }
  return smoothed;
}

const remembered = new WeakMap<Float64Array, { weight: number; smoothed: Float64Array }>();

/** `smooth`, remembered for the array's newest weight. */
export function smoothed(y: Float64Array, weight: number): Float64Array {
  if (!(weight > 0)) return y;
  const known = remembered.get(y);
  if (known?.weight === weight) return known.smoothed;
  const result = smooth(y, weight);
  remembered.set(y, { weight, smoothed: result });
  return result;
}
