import { describe, expect, it } from 'vitest';
import { frameAt, walkLimits } from '../../../../src-renderer/features/reasoning/walk-frame.ts';

const walk = { steps: 2, target: Float32Array.of(1, -1), answers: Float32Array.of(0, 0, 0.5, -3, 1, -1) };

describe('a walk as pictures', () => {
  it('shows the answer, its error and its change since the start after k updates', () => {
    expect(frameAt(walk, 1)).toEqual({ answer: Float32Array.of(0.5, -3), error: Float32Array.of(0.5, 2), change: Float32Array.of(0.5, -3) });
    expect(frameAt(walk, 2).error).toEqual(Float32Array.of(0, 0));
    expect(frameAt(walk, 0).change).toEqual(Float32Array.of(0, 0));
  });

  it('has colour limits of the whole walk, numbers that are not finite left out', () => {
    expect(walkLimits(walk)).toEqual({ answer: 3, error: 2, change: 3 });
    expect(walkLimits({ steps: 0, target: Float32Array.of(0), answers: Float32Array.of(NaN) })).toEqual({ answer: 1, error: 1, change: 1 });
  });
});
