import { preferences, type Preferences } from '../../src-main/contract/api/app.ts';
import { runSummary, type RunSummary } from '../../src-main/contract/api/runs.ts';
import { z } from '../../src-main/contract/zod.ts';

/*
 * What this browser saw last of the store that the page belongs to: enough to draw the list of runs before the host has answered.
 * One store only: whoever opens another in the same browser sees nothing of the first.
 */

const KEY = 'basin.last-known';
/** Runs that are kept: more than a window shows. */
const RUNS = 60;

const schema = z.strictObject({
  store: z.string().min(1),
  /** When it was so, ms since 1970. */
  at: z.number(),
  /** Runs in the store; `runs` are the first of them. */
  total: z.number().int().min(0),
  runs: z.array(runSummary).max(2 * RUNS),
  preferences,
  /** Of the list of runs alone: its columns and panels. */
  layout: z.record(z.string(), z.unknown()),
});
export type LastKnown = z.infer<typeof schema>;

/** The store that the host put into the page; undefined when it did not. */
const storeOfPage = (): string | undefined => ('document' in globalThis ? document : undefined)?.documentElement.dataset['store'];

/** JSON has no NaN and no infinities. */
const MARK = '\u0000';
const write = (_key: string, value: unknown): unknown => (typeof value === 'number' && !Number.isFinite(value) ? `${MARK}${value}` : value);
const read = (_key: string, value: unknown): unknown => (typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(1)) : value);

/** What is kept, as text. */
export const writeLastKnown = (known: LastKnown): string => JSON.stringify(known, write);

/** @returns undefined for another store's, for one that another version wrote, and for what is no such text at all */
export function readLastKnown(text: string | null, store: string | undefined): LastKnown | undefined {
  if (text === null || store === undefined) return undefined;
  try {
    const known = schema.safeParse(JSON.parse(text, read));
    return known.success && known.data.store === store ? known.data : undefined;
  } catch {
    return undefined;
  }
}

/** The first runs in a person's order, and as many of the newest: for a window that opens without the filter that was set. */
export function firstOf(sorted: readonly number[], newest: readonly RunSummary[]): RunSummary[] {
  const byId = new Map(newest.map((run) => [run.id, run]));
  const first = sorted.flatMap((id) => byId.get(id) ?? []).slice(0, RUNS);
  return [...new Set([...first, ...newest.slice(0, RUNS)])];
}

/** Keeps what is known now. A browser that keeps nothing is no harm: the next window waits for its host. */
export function keepLastKnown(runs: readonly RunSummary[], total: number, preferred: Preferences, layout: ReadonlyMap<string, unknown>): void {
  const store = storeOfPage();
  if (store === undefined) return;
  try {
    localStorage.setItem(KEY, writeLastKnown({ store, at: Date.now(), total, runs: [...runs], preferences: preferred, layout: Object.fromEntries([...layout].filter(([key]) => key.startsWith('runs.'))) }));
  } catch {
    // Full, or forbidden.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** What was known when this page opened. */
export const lastKnown: LastKnown | undefined = readLastKnown(kept(), storeOfPage());
