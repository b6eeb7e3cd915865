import { toFloat32, toFloat64 } from './blobs.ts';
import type { ReadStore } from './store.ts';

export interface ProbeValue {
  readonly iteration: number;
  readonly value: number;
}

interface Range {
  readonly from?: number;
  readonly to?: number;
}

const COLUMN = { error: 'errors', energy: 'energies', gradient: 'gradient_norms' } as const;
export type ProbeQuantity = keyof typeof COLUMN;

/** What is wanted of each probe, as bytes: one mean of those that are stored, or the numbers of one update, or all. */
const MEANS = { error: 'mean_errors', energy: 'mean_energies' } as const;

/**
 * A quantity's mean over the problems of each probe, after `at` updates or the last one; probes with fewer updates, or
 * without that quantity, are left out. In order of iteration.
 */
export function readProbeMeans(store: ReadStore, run: number, difficulty: string, quantity: ProbeQuantity, at: number | 'last', { from = -Infinity, to = Infinity }: Range = {}): ProbeValue[] {
  const updates = at === 'last' ? 'steps' : '?';
  const bytes = quantity === 'gradient' ? `substr(gradient_norms, 1 + 4 * problems * ${updates}, 4 * problems)` : `substr(${MEANS[quantity]}, 1 + 8 * ${updates}, 8)`;
  const rows = store.all<{ iteration: number; bytes: Uint8Array | null }>(
    `SELECT iteration, ${bytes} AS bytes FROM probes WHERE run = ? AND difficulty = ? AND iteration >= ? AND iteration <= ? ORDER BY iteration`,
    ...(at === 'last' ? [] : [at]),
    run, difficulty, from, to,
  );
  // Beyond a blob's end there is nothing: SQLite says NULL.
  return rows.flatMap(({ iteration, bytes: found }) => (found && found.byteLength > 0 ? [{ iteration, value: quantity === 'gradient' ? mean(toFloat32(found)) : toFloat64(found)[0]! }] : []));
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Where a probe's arrays [steps + 1, problems] are. */
export interface ProbeArrays {
  readonly id: number;
  readonly iteration: number;
  readonly problems: number;
  /** Tells it from another probe that may get its place. */
  readonly mark: string;
}

/** Probes of one difficulty without their arrays, in order of iteration. */
export const listProbeIds = (store: ReadStore, run: number, difficulty: string, { from = -Infinity, to = Infinity }: Range = {}): ProbeArrays[] =>
  store.all<ProbeArrays>('SELECT rowid AS id, iteration, problems, hex(substr(mean_errors, -8)) AS mark FROM probes WHERE run = ? AND difficulty = ? AND iteration >= ? AND iteration <= ? ORDER BY iteration', run, difficulty, from, to);

/** The probe's energies and another of its arrays, both [steps + 1, problems]; empty where there is no energy. */
export function readProbeArrays(store: ReadStore, id: number, quantity: ProbeQuantity): { energies: Float32Array; values: Float32Array } | undefined {
  const row = store.first<{ energies: Uint8Array; found: Uint8Array }>(`SELECT energies, ${COLUMN[quantity]} AS found FROM probes WHERE rowid = ?`, id);
  return row && { energies: toFloat32(row.energies), values: toFloat32(row.found) };
}
