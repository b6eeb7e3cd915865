import type { ReadStore } from './store.ts';

/** How many runs a store lists, and how many that were deleted still take space in it. */
export const countRuns = (store: ReadStore): { readonly runs: number; readonly deleted: number } =>
  store.first<{ runs: number; deleted: number }>('SELECT count(*) - count(deleted_at) AS runs, count(deleted_at) AS deleted FROM runs')!;
