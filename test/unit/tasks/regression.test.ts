import { describe, expect, it } from 'vitest';
import { applyLinear, columnMeans, fitLinear } from '../../../src-main/tasks/regression.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import { meanSquare } from './measure.ts';

const rows = 1500;
const widths = { x: 3, y: 2 };
const x = createRng(1, 'x').fillNormal(new Float32Array(rows * 3), 2);

/** y = [1 + 2a − b, 5 − c] + noise */
function answers(noise: number): Float32Array {
  const y = createRng(1, 'noise').fillNormal(new Float32Array(rows * 2), noise);
  for (let row = 0; row < rows; row++) {
    const [a, b, c] = x.subarray(row * 3, row * 3 + 3) as unknown as [number, number, number];
    y[row * 2]! += 1 + 2 * a - b;
    y[row * 2 + 1]! += 5 - c;
  }
  return y;
}

describe('fitLinear', () => {
  it('finds the coefficients and the constant', () => {
    const fit = fitLinear(x, answers(0), rows, widths);
    [2, -1, 0, 0, 0, -1].forEach((value, i) => expect(fit.weights[i]).toBeCloseTo(value, 5));
    applyLinear(fit, new Float32Array(3), 1).forEach((value, i) => expect(value).toBeCloseTo([1, 5][i]!, 5));
  });

  it('leaves the noise and nothing else', () => {
    const y = answers(0.3);
    expect(meanSquare(applyLinear(fitLinear(x, y, rows, widths), x, rows), y)).toBeCloseTo(0.09, 2);
  });

  it('predicts the mean where x never changes', () => {
    const constant = new Float32Array(rows).fill(0.1);
    const y = answers(1);
    const fit = fitLinear(constant, y, rows, { x: 1, y: 2 });
    expect([...fit.weights]).toEqual([0, 0]);
    expect(applyLinear(fit, new Float32Array([1e6]), 1)).toEqual(Float32Array.from(columnMeans(y, rows, 2)));
  });

  it('copes with columns that repeat each other, and with fewer rows than columns', () => {
    const twice = new Float32Array(rows * 2).map((_, i) => x[3 * (i >> 1)]!);
    const y = answers(0).filter((_, i) => i % 2 === 1);
    expect(fitLinear(twice, y, rows, { x: 2, y: 1 }).weights.every(Number.isFinite)).toBe(true);
    const few = fitLinear(x.subarray(0, 6), y.subarray(0, 2), 2, { x: 3, y: 1 });
    expect(meanSquare(applyLinear(few, x.subarray(0, 6), 2), y.subarray(0, 2))).toBeLessThan(1e-6);
  });
});
