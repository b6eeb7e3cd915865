import type { TrivialReference } from '../src-main/contract/api/shapes.ts';
import type { ReadStore, WriteStore } from './store.ts';

/** Replaces what is known of the trivial answers on a run's probe problems. @throws BasinError `run.unknown`, `store.*` */
export function writeReferences(store: WriteStore, run: number, references: readonly TrivialReference[]): void {
  store.transaction(() => {
    store.write('DELETE FROM run_references WHERE run = ?', run);
    for (const { difficulty, name, label, error } of references) store.write('INSERT INTO run_references (run, difficulty, name, label, error) VALUES (?, ?, ?, ?, ?)', run, difficulty, name, label, error);
  });
}

/** Empty until the run has started once; `harder` before `same`. */
export function readReferences(store: ReadStore, run: number): TrivialReference[] {
  const rows = store.all<Omit<TrivialReference, 'error'> & { error: number | null }>('SELECT difficulty, name, label, error FROM run_references WHERE run = ? ORDER BY difficulty, name', run);
  // SQLite stores NaN as NULL.
  return rows.map((row) => ({ ...row, error: row.error ?? NaN }));
}
