import type { ReplayAncestor, ReplayEntry, ReplayRecord, ReplaySnapshot } from '../src-main/contract/replay.ts';
import { toBlob, toFloat32 } from './blobs.ts';
import type { ReadStore, WriteStore } from './store.ts';

/** The living entries without their vectors: one array for each property, in order of uid. */
export interface ReplayColumns {
  /** Iteration of the snapshot; null when none was stored. */
  readonly iteration: number | null;
  /** Milliseconds since 1970. */
  readonly storedAt: number | null;
  readonly count: number;
  readonly uid: Float64Array;
  /** −1 where there is none (generation 0). */
  readonly parent: Float64Array;
  readonly problem: Float64Array;
  readonly generation: Float64Array;
  readonly born: Float64Array;
  readonly uses: Float64Array;
  /** Energy of the answer that each entry's visit started from; NaN without an energy. */
  readonly energyBefore: Float64Array;
  readonly energy: Float64Array;
  readonly error: Float64Array;
}

export type ReplayOrder = 'uid' | 'generation' | 'born' | 'uses' | 'energy' | 'error';

interface Vectors {
  readonly visit: Uint8Array;
  readonly x: Uint8Array | null;
  readonly y: Uint8Array | null;
  readonly target: Uint8Array | null;
}

/**
 * Replaces the stored buffer by another: the whole of it, or (on an error) nothing.
 *
 * @throws BasinError `run.unknown`, `store.*`.
 */
export function replaceReplay(store: WriteStore, run: number, { iteration, entries, ancestors }: ReplaySnapshot): void {
  store.transaction(() => {
    store.write('DELETE FROM replay_snapshots WHERE run = ?', run);
    store.write('INSERT INTO replay_snapshots (run, iteration, stored_at) VALUES (?, ?, ?)', run, iteration, Date.now());
    for (const entry of entries) writeRecord(store, run, entry, 1, entry);
    for (const ancestor of ancestors) writeRecord(store, run, ancestor, 0, ancestor);
  });
}

function writeRecord(store: WriteStore, run: number, record: ReplayRecord, living: 0 | 1, vectors: { readonly visit: Float32Array; readonly x?: Float32Array; readonly y?: Float32Array; readonly target?: Float32Array }): void {
  const { uid, parent, problem, generation, born, uses, energy, error } = record;
  const { visit, x, y, target } = vectors;
  const { id } = store.write(
    'INSERT INTO replay_entries (run, uid, parent, problem, generation, born, uses, energy_before, energy, error, living) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    run, uid, parent, problem, generation, born, uses, visit[0] ?? null, energy, error, living,
  );
  store.write('INSERT INTO replay_vectors (entry, visit, x, y, target) VALUES (?, ?, ?, ?, ?)', id, toBlob(visit), x ? toBlob(x) : null, y ? toBlob(y) : null, target ? toBlob(target) : null);
}

const RECORD = 'uid, parent, problem, generation, born, uses, energy, error';
const WHOLE = `${RECORD}, living, visit, x, y, target`;
type StoredEntry = Omit<ReplayRecord, 'energy' | 'error'> & Vectors & { readonly energy: number | null; readonly error: number | null; readonly living: number };

/** SQLite stores NaN as NULL; infinities it keeps. */
const orNaN = (value: number | null): number => value ?? NaN;

function toRecord({ visit, x, y, target, living, energy, error, ...rest }: StoredEntry): ReplayEntry | ReplayAncestor {
  const record = { ...rest, energy: orNaN(energy), error: orNaN(error), visit: toFloat32(visit) };
  if (living === 1) return { ...record, x: toFloat32(x!), y: toFloat32(y!), target: toFloat32(target!) };
  return y ? { ...record, y: toFloat32(y) } : record;
}

/** A page of the living entries. Equal ones are in order of uid; NaN comes last. */
export function readReplayEntries(store: ReadStore, run: number, { offset, limit, orderBy = 'uid', descending = false }: { offset: number; limit: number; orderBy?: ReplayOrder; descending?: boolean }): ReplayEntry[] {
  return store.consistently(() =>
    // Sorted without the vectors, which are fetched for one page only.
    store
      .all<{ id: number }>(`SELECT id FROM replay_entries WHERE run = ? AND living = 1 ORDER BY ${orderBy} IS NULL, ${orderBy}${descending ? ' DESC' : ''}, uid LIMIT ? OFFSET ?`, run, limit, offset)
      .map(({ id }) => toRecord(store.first<StoredEntry>(`SELECT ${WHOLE} FROM replay_entries JOIN replay_vectors ON entry = id WHERE id = ?`, id)!) as ReplayEntry),
  );
}

export function readReplayColumns(store: ReadStore, run: number): ReplayColumns {
  return store.consistently(() => {
    const snapshot = store.first<{ iteration: number; storedAt: number }>('SELECT iteration, stored_at AS storedAt FROM replay_snapshots WHERE run = ?', run);
    // No vector is touched: with 10,000 entries their pages cost eight times what the columns do.
    const rows = store.all<Omit<StoredEntry, keyof Vectors | 'living'> & { readonly before: number | null }>(`SELECT ${RECORD}, energy_before AS before FROM replay_entries WHERE run = ? AND living = 1 ORDER BY uid`, run);
    // Filled by index: Float64Array.from walks an iterator, and nine columns of it took longer than the query.
    const column = (value: (row: (typeof rows)[number]) => number): Float64Array => {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = value(rows[i]!);
      return values;
    };
    return {
      iteration: snapshot?.iteration ?? null,
      storedAt: snapshot?.storedAt ?? null,
      count: rows.length,
      uid: column((row) => row.uid),
      parent: column((row) => row.parent ?? -1),
      problem: column((row) => row.problem),
      generation: column((row) => row.generation),
      born: column((row) => row.born),
      uses: column((row) => row.uses),
      energyBefore: column(({ before }) => orNaN(before)),
      energy: column((row) => orNaN(row.energy)),
      error: column((row) => orNaN(row.error)),
    };
  });
}

/** A living entry; undefined when there is none of that uid. */
export function readReplayEntry(store: ReadStore, run: number, uid: number): ReplayEntry | undefined {
  const row = store.first<StoredEntry>(`SELECT ${WHOLE} FROM replay_entries JOIN replay_vectors ON entry = id WHERE run = ? AND uid = ? AND living = 1`, run, uid);
  return row && (toRecord(row) as ReplayEntry);
}

/** A problem's visits that led to an entry: from generation 0, or the oldest one that is known, to the entry itself. Empty when there is none of that uid. */
export function readLineage(store: ReadStore, run: number, uid: number): (ReplayEntry | ReplayAncestor)[] {
  return store
    .all<StoredEntry>(
      `WITH RECURSIVE line (id, parent) AS (
         SELECT id, parent FROM replay_entries WHERE run = ? AND uid = ?
         UNION SELECT older.id, older.parent FROM line JOIN replay_entries AS older ON older.run = ? AND older.uid = line.parent
       )
       SELECT ${WHOLE} FROM replay_entries JOIN replay_vectors ON entry = id WHERE id IN (SELECT id FROM line) ORDER BY generation`,
      run, uid, run,
    )
    .map(toRecord);
}

/** Problems and answers of living entries in order of uid, those after one of them; for work on the whole buffer in pieces. */
export function readReplayAnswers(store: ReadStore, run: number, { after, limit }: { after: number; limit: number }): { uid: number; x: Float32Array; y: Float32Array }[] {
  return store
    .all<{ uid: number; x: Uint8Array; y: Uint8Array }>('SELECT uid, x, y FROM replay_entries JOIN replay_vectors ON entry = id WHERE run = ? AND uid > ? AND living = 1 ORDER BY uid LIMIT ?', run, after, limit)
    .map(({ uid, x, y }) => ({ uid, x: toFloat32(x), y: toFloat32(y) }));
}

/** When the stored buffer was stored; undefined when none was. */
export const replayStoredAt = (store: ReadStore, run: number): number | undefined => store.first<{ at: number }>('SELECT stored_at AS at FROM replay_snapshots WHERE run = ?', run)?.at;
