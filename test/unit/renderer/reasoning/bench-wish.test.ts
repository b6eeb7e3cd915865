import { describe, expect, it } from 'vitest';
import { startsFor, toWish, type BenchChoice } from '../../../../src-renderer/features/reasoning/bench-wish.ts';

const choice: BenchChoice = { start: 'entry', seed: 3, steps: 40, stepSize: null, checkpoint: 'last' };

describe('what the bench asks for', () => {
  it('starts from a stored answer only where there is one, and from harder problems only where there are any', () => {
    expect(startsFor(true, true).map(({ value }) => value)).toEqual(['entry', 'entry-noise', 'fresh', 'fresh-harder']);
    expect(startsFor(false, false).map(({ value }) => value)).toEqual(['fresh']);
  });

  it('names the entry, the seed, the difficulty; λ only when it is not the run’s own', () => {
    expect(toWish(7, 0, choice)).toEqual({ run: 7, checkpoint: 'last', steps: 40, start: { kind: 'entry', uid: 0 } });
    expect(toWish(7, 5, { ...choice, start: 'entry-noise', stepSize: 2.5 })).toEqual({ run: 7, checkpoint: 'last', steps: 40, stepSize: 2.5, start: { kind: 'entry-noise', uid: 5, seed: 3 } });
    expect(toWish(7, undefined, { ...choice, start: 'fresh', checkpoint: 250 })).toMatchObject({ checkpoint: 250, start: { kind: 'fresh', difficulty: 'same', seed: 3 } });
    expect(toWish(7, 5, { ...choice, start: 'fresh-harder' })?.start).toEqual({ kind: 'fresh', difficulty: 'harder', seed: 3 });
  });

  it('asks for nothing when the start needs an entry and there is none', () => {
    expect(toWish(7, undefined, choice)).toBeUndefined();
    expect(toWish(7, undefined, { ...choice, start: 'entry-noise' })).toBeUndefined();
  });
});
