import { FINAL } from './columns.ts';
import type { Measured } from './measured.ts';

/** How a run or a group stands beside the trivial answers, on the same problems and after the most updates. */
export interface Verdict {
  readonly difficulty: 'same' | 'harder';
  /** Updates of the error that was compared. */
  readonly updates: number;
  readonly against: readonly {
    readonly name: string;
    readonly label: string;
    /** Mean over the runs. */
    readonly error: number;
    /** Runs that are better than it, each on its own problems; NaN beats nothing. */
    readonly beaten: number;
    readonly of: number;
  }[];
}

/** @returns undefined when no run has an error and a trivial answer to compare it with */
export function verdictOf(difficulty: Verdict['difficulty'], measured: readonly Measured[]): Verdict | undefined {
  const column = FINAL(difficulty).find((key) => measured.length > 0 && measured.every(({ errors }) => errors.has(key)));
  if (column === undefined) return undefined;
  const against = new Map<string, { name: string; label: string; errors: number[]; beaten: number }>();
  for (const { errors, references } of measured) {
    for (const { name, label, error } of references.filter((reference) => reference.difficulty === difficulty)) {
      const entry = against.get(name) ?? { name, label, errors: [], beaten: 0 };
      entry.errors.push(error);
      if (errors.get(column)! < error) entry.beaten++;
      against.set(name, entry);
    }
  }
  if (against.size === 0) return undefined;
  return {
    difficulty,
    updates: Number(column.split('/')[1]),
    against: [...against.values()].map(({ name, label, errors, beaten }) => ({ name, label, error: errors.reduce((sum, error) => sum + error, 0) / errors.length, beaten, of: errors.length })),
  };
}

/** "beats predict 0 (0.663); does not beat a linear map (A + B) (0)", for groups with how many of the runs do. @param write a number */
export function verdictWords({ against }: Verdict, write: (value: number) => string): string {
  const name = ({ label, error }: Verdict['against'][number]) => `${label} (${write(error)})`;
  const yes = against.filter(({ beaten, of }) => beaten === of);
  const no = against.filter(({ beaten }) => beaten === 0);
  const some = against.filter(({ beaten, of }) => beaten > 0 && beaten < of);
  return [
    ...(yes.length > 0 ? [`beats ${yes.map(name).join(', ')}`] : []),
    ...some.map((entry) => `${entry.beaten} of ${entry.of} runs beat ${name(entry)}`),
    ...(no.length > 0 ? [`does not beat ${no.map(name).join(', ')}`] : []),
  ].join('; ');
}
