import type { Output } from '../../../../src-main/contract/api/index.ts';

type Result = Output<'runs.evaluate'>['results'][number];

/** Whether a model is better than answers that need no learning, in plain words. */
export function verdict({ steps, references }: Pick<Result, 'steps' | 'references'>, number: (value: number) => string): { readonly good: boolean; readonly text: string } {
  const last = steps.at(-1)!;
  const names = (some: Result['references']) => some.map(({ label, error }) => `${label} (${number(error)})`).join(', ');
  const beaten = references.filter((reference) => reference.beaten);
  const better = references.filter((reference) => !reference.beaten);
  const model = `After ${last.updates} updates the model (${number(last.error)})`;
  if (!Number.isFinite(last.error)) return { good: false, text: `${model} gives no finite answer.` };
  if (better.length === 0) return { good: true, text: `${model} beats every trivial answer.` };
  return { good: false, text: `${model} does not beat ${names(better)}.${beaten.length > 0 ? ` It beats ${names(beaten)}.` : ''}` };
}
