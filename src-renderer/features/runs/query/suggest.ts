import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { FIELDS, FLAGS } from './fields.ts';

/** A way to go on typing. */
export interface Suggestion {
  /** What the term under the cursor becomes. */
  readonly term: string;
  readonly meaning: string;
  /** Nothing is to be added to it. */
  readonly whole: boolean;
}

const SHOWN = 8;

/**
 * What could be meant by the term that the cursor stands in: fields and flags that begin so, and after a field's colon its values
 * (choices, tags in use).
 *
 * @returns the suggestions, and where in the text the term stands
 */
export function suggest(text: string, cursor: number, runs: readonly RunSummary[]): { readonly from: number; readonly to: number; readonly list: readonly Suggestion[] } {
  const from = text.slice(0, cursor).search(/\S*$/);
  const to = cursor + text.slice(cursor).search(/\s|$/);
  const [, minus, typed] = /^(-?)(.*)$/.exec(text.slice(from, cursor).toLowerCase())!;
  const [, name, operator, values] = /^([a-z]\w*)(:|!=|=)(.*)$/.exec(typed!) ?? [];
  const field = FIELDS.find((candidate) => candidate.name === name);
  const list = field ? valuesOf(field.name, field.choices, values!, runs).map((value) => ({ term: `${minus}${name}${operator}${value}`, meaning: '', whole: true })) : name === undefined ? names(typed!, minus!) : [];
  // What is typed to the end already needs no help.
  return { from, to, list: list.filter(({ term, whole }) => !(whole && term === text.slice(from, to))).slice(0, SHOWN) };
}

function names(typed: string, minus: string): Suggestion[] {
  if (typed === '') return [];
  const fields = FIELDS.filter(({ name }) => name.startsWith(typed)).map(({ name, kind, meaning }) => ({ term: `${minus}${name}${kind === 'number' || kind === 'duration' || kind === 'date' ? '' : ':'}`, meaning, whole: false }));
  const flags = FLAGS.filter(({ name }) => name.startsWith(typed)).map(({ name, meaning }) => ({ term: `${minus}${name}`, meaning, whole: true }));
  return [...flags, ...fields];
}

/** Values that begin as the last of those typed so far (commas join). */
function valuesOf(name: string, choices: readonly string[] | undefined, typed: string, runs: readonly RunSummary[]): string[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  const last = typed.slice(before.length);
  const known = choices ?? (name === 'tag' ? tagsOf(runs) : []);
  return known.map((value) => value.toLowerCase()).filter((value) => value.startsWith(last)).map((value) => `${before}${/\s/.test(value) && before === '' ? `"${value}"` : value}`);
}

function tagsOf(runs: readonly RunSummary[]): string[] {
  const found = new Set<string>();
  for (const { tags } of runs) for (const tag of tags) found.add(tag);
  return [...found].sort((a, b) => a.localeCompare(b));
}
