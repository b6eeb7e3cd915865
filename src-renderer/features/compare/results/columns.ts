import { DEFAULT_STEPS } from '../../../../src-main/contract/evaluation.ts';

/** A column of the final table: an error on problems of one difficulty, after so many updates or at the lowest energy. */
export interface ResultColumn {
  readonly key: string;
  readonly difficulty: 'same' | 'harder';
  readonly at: number | 'lowest';
  /** "after 10", "lowest E". */
  readonly label: string;
  readonly title: string;
}

export const UPDATES = DEFAULT_STEPS;

export const COLUMNS: readonly ResultColumn[] = (['same', 'harder'] as const).flatMap((difficulty) =>
  [...UPDATES, 'lowest' as const].map((at): ResultColumn => {
    const problems = difficulty === 'same' ? 'problems as in training' : 'harder problems';
    return {
      key: `${difficulty}/${at}`,
      difficulty,
      at,
      label: at === 'lowest' ? 'lowest E' : String(at),
      title: at === 'lowest' ? `Mean squared error where each problem's energy is lowest, ${problems}` : `Mean squared error after ${at} updates, ${problems}`,
    };
  }),
);

/** What the verdict is about: the most updates that were done. */
export const FINAL = (difficulty: 'same' | 'harder'): readonly string[] => [...UPDATES].reverse().map((at) => `${difficulty}/${at}`);
