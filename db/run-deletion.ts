import { unknownRun } from './run-row.ts';
import { busy, liveOwner, ownership } from './run-life.ts';
import type { ReadStore, WriteStore } from './store.ts';

/**
 * Hides a run from every list. What it recorded and its files stay until somebody deletes it for good.
 *
 * @throws BasinError `run.busy` while a live process owns it; `run.unknown`, also when it is hidden already.
 */
export function hideRun(store: WriteStore, id: number): void {
  store.transaction(() => {
    const owner = liveOwner(ownership(store, id));
    if (owner !== undefined) throw busy(id, owner, 'deleted');
    const { changes } = store.write('UPDATE runs SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL', Date.now(), id);
    if (changes === 0) throw unknownRun(store, id);
  });
}

/** Brings a hidden run back; one that is not hidden stays as it is. @throws BasinError `run.unknown` when it is gone for good. */
export function restoreRun(store: WriteStore, id: number): void {
  const { changes } = store.write('UPDATE runs SET deleted_at = NULL WHERE id = ?', id);
  if (changes === 0) throw unknownRun(store, id);
}

/** Runs that were hidden before a time (milliseconds since 1970). */
export const hiddenBefore = (store: ReadStore, time: number): number[] => store.all<{ id: number }>('SELECT id FROM runs WHERE deleted_at < ?', time).map(({ id }) => id);
