import { describe, expect, it } from 'vitest';
import type { Walk } from '../../../../src-main/contract/api/replay.ts';
import { compareWalk } from '../../../../src-renderer/features/reasoning/compare-walk.ts';
import { referenceLines, walkCurves } from '../../../../src-renderer/features/reasoning/walk-curves.ts';

const walkOf = (energies: number[], errors: number[]): Walk => ({
  steps: errors.length - 1, stepSize: 1, iteration: 500, energies: Float32Array.from(energies), gradientNorms: new Float32Array(0), errors: Float32Array.from(errors), answers: new Float32Array(0), x: new Float32Array(0), target: new Float32Array(0), ms: 1,
});
const stored = { uid: 9, energy: -1, error: 0.5, born: 120 };
const wishFrom = (start: { kind: 'entry'; uid: number } | { kind: 'entry-noise'; uid: number; seed: number } | { kind: 'fresh'; difficulty: 'same'; seed: number }) => ({ run: 1, checkpoint: 'last' as const, steps: 3, start });

describe('the stored answer beside the walk', () => {
  it('shows it then, under the weights of now, at the lowest energy and at the end', () => {
    const rows = compareWalk({ wish: wishFrom({ kind: 'entry', uid: 9 }), walk: walkOf([0.5, -2, -1.5, -1], [0.5, 0.25, 0.375, 0.75]) }, stored, String);
    expect(rows).toEqual([
      { label: 'Stored at iteration 120', energy: -1, error: 0.5 },
      { label: 'The same under iteration 500', energy: 0.5, error: 0.5 },
      { label: 'Lowest energy, after 1 update', energy: -2, error: 0.25 },
      { label: 'After 3 updates', energy: -1, error: 0.75 },
    ]);
  });

  it('leaves out the lowest energy where it is the end, and the stored answer where the problem is another', () => {
    const walk = walkOf([2, 1], [1, 0.5]);
    expect(compareWalk({ wish: wishFrom({ kind: 'entry-noise', uid: 9, seed: 0 }), walk }, stored, String).map(({ label }) => label)).toEqual(['Stored at iteration 120', 'Noise, before the first update', 'After 1 update']);
    expect(compareWalk({ wish: wishFrom({ kind: 'fresh', difficulty: 'same', seed: 0 }), walk }, stored, String)).toHaveLength(2);
    expect(compareWalk({ wish: wishFrom({ kind: 'entry', uid: 8 }), walk }, stored, String)).toHaveLength(2);
  });
});

describe('curves of a walk', () => {
  it('count updates from 0, and are absent without an energy', () => {
    const curves = walkCurves(walkOf([], [1, 0.5]), { energy: 'blue', error: 'red' });
    expect(curves.energy).toEqual([]);
    expect(curves.error[0]).toMatchObject({ x: Float64Array.of(0, 1), y: Float64Array.of(1, 0.5), colour: 'red' });
  });

  it('have the trivial answers of their difficulty; a level of 0 has no place on a log axis and is said', () => {
    const references = [
      { difficulty: 'same' as const, name: 'zero', label: 'predict 0', error: 0.66 },
      { difficulty: 'same' as const, name: 'linear', label: 'a linear map', error: 0 },
      { difficulty: 'harder' as const, name: 'zero', label: 'predict 0', error: 4 },
    ];
    expect(referenceLines(references, 'same')).toEqual({ lines: [{ y: 0.66, label: 'predict 0' }], exact: ['a linear map'] });
    expect(referenceLines(references, 'harder')).toEqual({ lines: [{ y: 4, label: 'predict 0' }], exact: [] });
  });
});
