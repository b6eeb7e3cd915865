import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src-main/tasks/rng.ts';
import { refusal } from '../../support/refusal.ts';

const uniforms = (count: number, ...name: Parameters<typeof createRng>) => createRng(...name).fillUniform(new Float32Array(count), 0, 1);

/** Pearson's χ² of counts against equal expectations, as a distance from its mean in standard deviations. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  const value = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (value - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

function correlation(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - 0.5) * (b[i]! - 0.5), 0) / (a.length / 12);
}

it('gives the same numbers for ever', () => {
  const rng = createRng(7, 'pin', 3);
  expect([rng.uniform(), rng.uniform(), rng.integer(1000), rng.integer(2 ** 32)]).toEqual([0.3896123766899109, 0.15280133485794067, 183, 1436156656]);
  expect([...rng.fillUniform(new Float32Array(2), -1, 1)]).toEqual([0.6110291481018066, 0.04421794414520264]);
  expect([...rng.fillNormal(new Float32Array(4), 1)]).toEqual([0.5141223669052124, -0.5291882753372192, 0.33163121342658997, -1.6503270864486694]);
});

describe('streams', () => {
  it('are independent of what was drawn from others', () => {
    createRng(1, 'a').fillNormal(new Float32Array(100), 1);
    expect(uniforms(8, 1, 'b', 2)).toEqual(uniforms(8, 1, 'b', 2));
  });

  it('differ whenever seed, purpose or an index differs', () => {
    const name = fc.tuple(fc.integer(), fc.string({ maxLength: 4 }), fc.array(fc.oneof(fc.nat(3), fc.maxSafeInteger()), { maxLength: 3 }));
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(uniforms(4, a[0], a[1], ...a[2])).not.toEqual(uniforms(4, b[0], b[1], ...b[2]));
      }),
    );
    expect(uniforms(4, 0, 'a', 98)).not.toEqual(uniforms(4, 0, 'ab'));
    expect(uniforms(4, 0, 'a', 2 ** 32 + 1)).not.toEqual(uniforms(4, 0, 'a', 1));
  });

  it('of neighbouring seeds and iterations are uncorrelated', () => {
    const n = 20_000;
    const pairs = [0, 1, 2, 3, 4].flatMap((i) => [correlation(uniforms(n, i, 'a'), uniforms(n, i + 1, 'a')), correlation(uniforms(n, 0, 'a', i), uniforms(n, 0, 'a', i + 1))]);
    for (const r of pairs) expect(Math.abs(r)).toBeLessThan(4 / Math.sqrt(n));
  });

  it('begin with evenly spread numbers', () => {
    const counts = new Array<number>(64).fill(0);
    for (let iteration = 0; iteration < 20_000; iteration++) counts[createRng(0, 'batch', iteration).integer(64)]!++;
    expect(Math.abs(chiSquare(counts))).toBeLessThan(4);
  });
});

describe('uniform numbers', () => {
  const n = 400_000;
  const values = createRng(3, 'uniform').fillUniform(new Float32Array(n), -2.5, 2.5);

  it('stay in range and fill it evenly', () => {
    const counts = new Array<number>(256).fill(0);
    for (const value of values) counts[Math.floor(((value + 2.5) / 5) * 256)]!++;
    expect(counts).toHaveLength(256);
    expect(Math.abs(chiSquare(counts))).toBeLessThan(4);
  });

  it('do not depend on the one before', () => {
    const counts = new Array<number>(256).fill(0);
    for (let i = 0; i < n; i += 2) counts[16 * Math.floor(((values[i]! + 2.5) / 5) * 16) + Math.floor(((values[i + 1]! + 2.5) / 5) * 16)]!++;
    expect(Math.abs(chiSquare(counts))).toBeLessThan(4);
  });

  it('have 24 bits, exact in float32', () => {
    const rng = createRng(4, 'bits');
    for (let i = 0; i < 1000; i++) {
      const value = rng.uniform();
      expect(Math.fround(value)).toBe(value);
      expect(Number.isInteger(value * 2 ** 24)).toBe(true);
    }
  });
});

describe('normal numbers', () => {
  const n = 1_000_000;
  const values = createRng(5, 'normal').fillNormal(new Float32Array(n), 2).map((value) => value / 2);
  const moment = (k: number) => values.reduce((sum, value) => sum + value ** k, 0) / n;

  it('have the moments of N(0, 1)', () => {
    // Standard errors: sqrt(1/n), sqrt(2/n), sqrt(15/n), sqrt(96/n).
    for (const [k, expected, variance] of [[1, 0, 1], [2, 1, 2], [3, 0, 15], [4, 3, 96]] as const) expect(Math.abs(moment(k) - expected)).toBeLessThan(4 * Math.sqrt(variance / n));
  });

  it('have its distribution, the tail included', () => {
    // P(X ≤ z) from tables; 3.4426 is where the ziggurat's tail begins.
    for (const [z, below] of [[-3.442619855899, 0.00028806], [-2, 0.0227501], [-1, 0.1586553], [-0.25, 0.4012937], [0, 0.5], [0.5, 0.6914625], [1.5, 0.9331928], [2.5, 0.9937903], [3.442619855899, 0.99971194], [4, 0.99996833]] as const) {
      const found = values.reduce((count, value) => count + (value <= z ? 1 : 0), 0);
      expect(Math.abs(found - n * below)).toBeLessThan(4 * Math.sqrt(n * below * (1 - below)) + 1);
    }
  });

  it('do not depend on the one before', () => {
    let sum = 0;
    for (let i = 1; i < n; i++) sum += values[i]! * values[i - 1]!;
    expect(Math.abs(sum / n)).toBeLessThan(4 / Math.sqrt(n));
  });
});

it('draws every whole number below n equally often', () => {
  const rng = createRng(6, 'integer');
  for (const n of [1, 2, 3, 10, 64, 1000]) {
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < 50_000; i++) counts[rng.integer(n)]!++;
    expect(counts).toHaveLength(n);
    if (n > 1) expect(Math.abs(chiSquare(counts))).toBeLessThan(4);
  }
});

it('refuses names and ranges that are not whole numbers', () => {
  for (const call of [() => createRng(0.5, 'a'), () => createRng(0, 'a', NaN), () => createRng(0, 'a').integer(0), () => createRng(0, 'a').integer(1.5)]) {
    expect(refusal(call)).toMatchObject({ code: 'rng.argument', kind: 'bug' });
  }
});
