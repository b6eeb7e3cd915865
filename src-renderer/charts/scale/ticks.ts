import type { Scale } from '../types.ts';
import { transformOf } from './transform.ts';

/** Most ticks on an axis. */
export const MOST_TICKS = 5;

/**
 * Round values between `min` and `max`, at most `most`, spread evenly as the axis draws them.
 * @param threshold of a symlog axis
 * @param whole no ticks between whole numbers: there is no iteration 2.5
 */
export function ticksOf(scale: Scale, min: number, max: number, threshold = 1, most = MOST_TICKS, whole = false): number[] {
  if (!(max > min)) return Number.isFinite(min) ? [min] : [];
  if (whole) return linearTicks(min, max, most).every(Number.isInteger) ? linearTicks(min, max, most) : wholeTicks(min, max, most);
  if (scale === 'log' && min > 0) return logTicks(min, max, most);
  if (scale === 'symlog') return symlogTicks(min, max, threshold, most);
  return linearTicks(min, max, most);
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Multiples of a round step. */
function linearTicks(min: number, max: number, most: number): number[] {
  const rough = (max - min) / most;
  for (let power = Math.floor(Math.log10(rough)); ; power++) {
    for (const unit of STEPS) {
      // Divided by whole numbers where they are whole: 3 × 0.1 is not 0.3.
      const at = (k: number): number => (power < 0 ? (k * unit) / 10 ** -power : k * unit * 10 ** power);
      const step = at(1);
      const first = Math.ceil(min / step - 1e-9);
      const last = Math.floor(max / step + 1e-9);
      const count = last - first + 1;
      if (count <= most && count >= 1) return Array.from({ length: count }, (_, k) => at(first + k) || 0);
      if (count < 1) return [];
    }
  }
}

/** Every whole number, where these are few. */
function wholeTicks(min: number, max: number, most: number): number[] {
  const stride = Math.max(1, Math.ceil((Math.floor(max) - Math.ceil(min) + 1) / most));
  const ticks: number[] = [];
  for (let tick = Math.ceil(min / stride) * stride; tick <= max; tick += stride) ticks.push(tick);
  return ticks;
}

/** Powers of ten, every second or third of them over many decades; their 1, 2, 5 multiples over few; even steps within one. */
function logTicks(min: number, max: number, most: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const last = Math.floor(Math.log10(max) + 1e-9);
  const count = last - first + 1;
  if (count >= 3) {
    const stride = Math.ceil(count / most);
    const start = Math.ceil(first / stride) * stride;
    return powers(start, last, stride);
  }
  for (const digits of [[1, 2, 5], [1, 3], [1]]) {
    const ticks = powers(first - 1, last, 1).flatMap((power) => digits.map((digit) => (power < 1 ? digit / power10(-Math.round(Math.log10(power))) : digit * power))).filter((value) => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9));
    if (ticks.length >= 2 && ticks.length <= most) return ticks;
  }
  return linearTicks(min, max, most).filter((value) => value > 0);
}

function powers(first: number, last: number, stride: number): number[] {
  const values: number[] = [];
  for (let power = first; power <= last; power += stride) values.push(power10(power));
  return values;
}

/** 10^power as its literal would be: `10 ** -5` is not `1e-5` everywhere. */
const power10 = (power: number): number => Number(`1e${power}`);

/** Zero first, then the outermost decades, then inwards; each only where it keeps its distance. */
function symlogTicks(min: number, max: number, threshold: number, most: number): number[] {
  const { forward } = transformOf('symlog', threshold);
  const span = forward(max) - forward(min);
  const lowest = Math.round(Math.log10(threshold));
  const decades: number[] = [];
  for (let power = Math.floor(Math.log10(Math.max(Math.abs(min), Math.abs(max), threshold)) + 1e-9); power >= lowest; power--) decades.push(power10(power), -power10(power));
  const chosen: number[] = [];
  for (const value of [0, ...decades]) {
    if (chosen.length === most) break;
    if (value < min || value > max) continue;
    if (chosen.every((other) => Math.abs(forward(other) - forward(value)) >= (span / most) * 0.85)) chosen.push(value);
  }
  if (chosen.length < 2) return linearTicks(min, max, most);
  return chosen.sort((a, b) => a - b);
}
