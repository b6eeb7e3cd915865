import type { RunDetails } from '../../../../src-main/contract/api/runs.ts';

/** Checkpoints that a model may be taken from, as the options of a select: last and best first, then all, newest first. */
export function checkpointChoices(checkpoints: RunDetails['checkpoints'], count: (value: number | undefined) => string): { readonly value: string; readonly words: string }[] {
  const newest = [...checkpoints].sort((a, b) => b.iteration - a.iteration);
  const best = newest.find((checkpoint) => checkpoint.best);
  return [
    { value: 'last', words: `Last (iteration ${count(newest[0]?.iteration)})` },
    ...(best ? [{ value: 'best', words: `Best by probe error (iteration ${count(best.iteration)}); chosen on test problems` }] : []),
    ...newest.map(({ iteration }) => ({ value: String(iteration), words: `Iteration ${count(iteration)}` })),
  ];
}

/** What the value of such an option stands for. */
export const toChoice = (value: string): number | 'last' | 'best' => (value === 'last' || value === 'best' ? value : Number(value));
