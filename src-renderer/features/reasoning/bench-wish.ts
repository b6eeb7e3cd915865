import type { WalkWish } from './useReasoning.ts';

/** Where a walk may start, in words. */
export type StartKind = 'entry' | 'entry-noise' | 'fresh' | 'fresh-harder';

export interface BenchChoice {
  readonly start: StartKind;
  readonly seed: number;
  readonly steps: number;
  /** null: the run's own λ. */
  readonly stepSize: number | null;
  readonly checkpoint: WalkWish['checkpoint'];
}

/** Starts that can be offered. @param harder whether the task has harder problems */
export function startsFor(hasEntry: boolean, harder: boolean): readonly { readonly value: StartKind; readonly label: string }[] {
  return [
    ...(hasEntry
      ? ([
          { value: 'entry', label: 'The stored answer' },
          { value: 'entry-noise', label: 'The same problem, from noise' },
        ] as const)
      : []),
    { value: 'fresh', label: 'A fresh problem, from noise' },
    ...(harder ? ([{ value: 'fresh-harder', label: 'A fresh harder problem, from noise' }] as const) : []),
  ];
}

/** What to ask for. @param uid the stored entry at hand @returns undefined where the start needs an entry and there is none */
export function toWish(run: number, uid: number | undefined, { start, seed, steps, stepSize, checkpoint }: BenchChoice): WalkWish | undefined {
  const rest = { run, checkpoint, steps, ...(stepSize === null ? {} : { stepSize }) };
  switch (start) {
    case 'entry':
      return uid === undefined ? undefined : { ...rest, start: { kind: 'entry', uid } };
    case 'entry-noise':
      return uid === undefined ? undefined : { ...rest, start: { kind: 'entry-noise', uid, seed } };
    default:
      return { ...rest, start: { kind: 'fresh', difficulty: start === 'fresh' ? 'same' : 'harder', seed } };
  }
}
