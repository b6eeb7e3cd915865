import type { ResultRow } from './rows.ts';
import { verdictWords } from './verdict.ts';

const span = (range: readonly [number, number], write: (value: number) => string): string => (range[0] === range[1] ? write(range[0]) : `${write(range[0])} to ${write(range[1])}`);

/** Where a row's numbers come from: "probe of 32 problems, iteration 16,000". */
export function sourceWords({ sources, problems, iterations, runs }: ResultRow, source: 'probe' | 'evaluation', count: (value: number) => string): string {
  const [only] = runs;
  if (!problems || !iterations) return source === 'evaluation' ? 'not evaluated' : only!.status === 'diverged' && runs.length === 1 ? `diverged at iteration ${count(only!.iteration)}, before its first probe` : 'no probe yet';
  const what = sources.map((source) => (source === 'probe' ? 'probe' : 'evaluation')).join(' and ');
  return `${what} of ${span(problems, count)} problems, iteration ${span(iterations, count)}`;
}

/** Members that do not count, and why; empty when all do. */
export function absenceWords({ runs, diverged, missing }: ResultRow): string {
  if (runs.length === 1) return diverged.length > 0 && missing.length === 0 ? 'diverged; numbers from before' : '';
  const parts = [];
  if (diverged.length > 0) parts.push(`${diverged.length} of ${runs.length} diverged, not in the mean`);
  const silent = missing.filter((run) => !diverged.includes(run));
  if (silent.length > 0) parts.push(`${silent.length} of ${runs.length} without results`);
  return parts.join('; ');
}

/** "As in training after 40 updates: beats predict 0; …". */
export function verdictLines(row: ResultRow, write: (value: number) => string): { readonly text: string; readonly beats: 'all' | 'some' | 'none' }[] {
  return row.verdicts.map((verdict) => ({
    text: `${verdict.difficulty === 'same' ? 'Same' : 'Harder'}, ${verdict.updates} updates: ${verdictWords(verdict, write)}`,
    beats: verdict.against.every(({ beaten, of }) => beaten === of) ? 'all' : verdict.against.every(({ beaten }) => beaten === 0) ? 'none' : 'some',
  }));
}

/** Beside the published number: why it cannot be compared, or that it can. */
export function publishedWords({ published }: ResultRow): string {
  if (!published) return '';
  if (published.differs.length === 0) return 'same settings as published';
  const [first, ...rest] = published.differs.map(({ title, here, published: there }) => `${title} ${here} (published ${there})`);
  return `not comparable: ${first}${rest.length > 0 ? ` and ${rest.length} more` : ''}`;
}
