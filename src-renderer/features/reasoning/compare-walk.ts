import type { Reasoned } from './useReasoning.ts';

/** A replay entry's answer as it was stored. */
export interface StoredAnswer {
  readonly uid: number;
  readonly energy: number;
  readonly error: number;
  /** Iteration that stored it. */
  readonly born: number;
}

export interface ComparedAnswer {
  readonly label: string;
  readonly energy: number;
  readonly error: number;
}

/**
 * The answers worth comparing: the stored one with its numbers of then, where the walk began (for a walk from the stored answer: the same
 * answer under the weights of now), its lowest energy where that is not the end, and its end.
 */
export function compareWalk({ wish, walk }: Pick<Reasoned, 'wish' | 'walk'>, stored: StoredAnswer | undefined, count: (value: number) => string): ComparedAnswer[] {
  const at = (k: number, label: string): ComparedAnswer => ({ label, energy: walk.energies[k] ?? NaN, error: walk.errors[k]! });
  const own = stored !== undefined && wish.start.kind !== 'fresh' && wish.start.uid === stored.uid;
  const lowest = walk.energies.reduce((best, energy, k) => (energy < walk.energies[best]! ? k : best), 0);
  return [
    ...(own ? [{ label: `Stored at iteration ${count(stored.born)}`, energy: stored.energy, error: stored.error }] : []),
    at(0, wish.start.kind === 'entry' ? `The same under iteration ${count(walk.iteration)}` : 'Noise, before the first update'),
    ...(walk.energies.length > 0 && lowest > 0 && lowest < walk.steps ? [at(lowest, `Lowest energy, after ${count(lowest)} ${lowest === 1 ? 'update' : 'updates'}`)] : []),
    at(walk.steps, `After ${count(walk.steps)} ${walk.steps === 1 ? 'update' : 'updates'}`),
  ];
}
