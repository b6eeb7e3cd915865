import type { Evaluation } from '../../../../src-main/contract/api/runs.ts';

export type Sizes = NonNullable<Evaluation['sizes']>;

/** A row of the table of sizes: an answer, and its error at each size. */
export interface SizeRow {
  readonly name: string;
  readonly trivial: boolean;
  /** In the order of the sizes. */
  readonly errors: readonly number[];
}

/** What the model's answers and the trivial ones are off by, a column for each size. @param sizes at least one; all have the same rows */
export function sizeRows(sizes: Sizes): SizeRow[] {
  const { steps, lowestEnergy, references } = sizes[0]!;
  return [
    ...steps.map(({ updates }, i) => ({ name: `after ${updates} updates`, trivial: false, errors: sizes.map((size) => size.steps[i]!.error) })),
    ...(lowestEnergy ? [{ name: 'at the lowest energy', trivial: false, errors: sizes.map((size) => size.lowestEnergy!.error) }] : []),
    ...references.map(({ label }, i) => ({ name: `trivial: ${label}`, trivial: true, errors: sizes.map((size) => size.references[i]!.error) })),
  ];
}

/** At which sizes the model's last answers are better than every trivial one, in plain words. */
export function sizeVerdict(sizes: Sizes): { readonly good: boolean; readonly text: string } {
  const beats = (size: Sizes[number]) => size.references.every(({ error }) => size.steps.at(-1)!.error < error);
  const named = (some: Sizes) => some.map(({ nodes }) => nodes).join(', ');
  const [better, worse] = [sizes.filter(beats), sizes.filter((size) => !beats(size))];
  const last = `After ${sizes[0]!.steps.at(-1)!.updates} updates the model`;
  if (worse.length === 0) return { good: true, text: `${last} beats every trivial answer at every size.` };
  if (better.length === 0) return { good: false, text: `${last} does not beat every trivial answer at any of these sizes.` };
  return { good: false, text: `${last} beats every trivial answer with ${named(better)} nodes, and not with ${named(worse)}.` };
}
