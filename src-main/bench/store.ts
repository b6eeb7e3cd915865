import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, openStoreReadonly, type WriteStore } from '../../db/open.ts';
import { createRun } from '../../db/runs.ts';
import { readReplayColumns, readReplayEntries, replaceReplay } from '../../db/replay.ts';
import { readSeries, writeSeries } from '../../db/series.ts';
import type { Series } from '../contract/events.ts';
import { energyMetric } from '../contract/metrics.ts';
import type { ReplayAncestor, ReplayEntry, ReplaySnapshot } from '../contract/replay.ts';
import { resolveConfig } from '../contract/settings.ts';

/** What the store does on this machine. */
export interface StoreFigures {
  /** Written in 300 flushes of 30 metrics with 100 values each (a third of a second of a quick run), each flush a transaction. */
  readonly scalars_per_s: number;
  /** A flush of 8 values each: what a second of a release-size run costs. Median, as all that follow. */
  readonly small_flush_ms: number;
  /** A million values of one metric with exact extremes, through a read-only handle. */
  readonly read_1m_ms: number;
  /** A release-size buffer (10,000 entries, x 800, y and target 400) with as many ancestors, over an older one. */
  readonly replay_write_ms: number;
  /** All columns of that buffer and a page of 100 entries. */
  readonly replay_read_ms: number;
}

const METRICS = [...Array.from({ length: 24 }, (_, k) => energyMetric(k)), 'loss', 'loss/fresh', 'loss/replayed', 'answer_change', 'gradient_norm', 'ms'];

/** Measures in a store of its own inside the folder, which it deletes afterwards. */
export function benchStore(folder: string): StoreFigures {
  mkdirSync(folder, { recursive: true });
  const place = mkdtempSync(join(folder, 'bench-store-'));
  const store = openStore(place);
  try {
    return { ...benchSeries(store), ...benchReplay(store) };
  } finally {
    store.close();
    rmSync(place, { recursive: true });
  }
}

const newRun = (store: WriteStore): number => createRun(store, { config: resolveConfig({}), engine: 'compiled', device: 'cpu', versions: {} });

function benchSeries(store: WriteStore): Pick<StoreFigures, 'scalars_per_s' | 'small_flush_ms' | 'read_1m_ms'> {
  const many = flushes(store, 300, 100);
  const few = flushes(store, 200, 8);
  const run = newRun(store);
  writeSeries(store, run, [{ metric: 'loss', first: 1, values: numbers(1_000_000, 1) }]);
  const reader = openStoreReadonly(store.folder);
  const read = times(9, () => readSeries(reader, run, 'loss'));
  reader.close();
  // The mean: copying the log into the database now and then is part of the price.
  const total = many.reduce((sum, ms) => sum + ms, 0);
  return { scalars_per_s: Math.round((METRICS.length * 100 * 300 * 1000) / total), small_flush_ms: median(few), read_1m_ms: median(read) };
}

/** Milliseconds of each flush of a run that grows by `length` iterations at a time. */
function flushes(store: WriteStore, count: number, length: number): number[] {
  const run = newRun(store);
  const batches = Array.from({ length: count }, (_, i) => METRICS.map((metric): Series => ({ metric, first: 1 + i * length, values: numbers(length, i) })));
  return times(count, (i) => writeSeries(store, run, batches[i]!));
}

function benchReplay(store: WriteStore): Pick<StoreFigures, 'replay_write_ms' | 'replay_read_ms'> {
  const run = newRun(store);
  const snapshot = releaseSizeSnapshot();
  const write = times(5, () => replaceReplay(store, run, snapshot));
  const read = times(9, () => {
    readReplayColumns(store, run);
    readReplayEntries(store, run, { offset: 5000, limit: 100, orderBy: 'error' });
  });
  return { replay_write_ms: median(write), replay_read_ms: median(read) };
}

function releaseSizeSnapshot(): ReplaySnapshot {
  const count = 10_000;
  const vector = (length: number, seed: number) => Float32Array.from(numbers(length, seed));
  const entry = (uid: number): ReplayEntry => ({
    uid, parent: uid - count, problem: uid - count, generation: 1, born: 100, uses: uid % 3, energy: -uid, error: 1 / uid,
    x: vector(800, uid), y: vector(400, uid), target: vector(400, uid), visit: vector(11, uid),
  });
  const ancestor = (uid: number): ReplayAncestor => ({ uid, parent: null, problem: uid, generation: 0, born: 99, uses: 1, energy: 0, error: 1, visit: vector(11, uid) });
  return { iteration: 100, entries: Array.from({ length: count }, (_, i) => entry(count + i)), ancestors: Array.from({ length: count }, (_, i) => ancestor(i)) };
}

const numbers = (length: number, seed: number): Float64Array => Float64Array.from({ length }, (_, i) => Math.sin(seed + i));

/** Milliseconds of each of several calls. */
function times(count: number, work: (index: number) => unknown): number[] {
  return Array.from({ length: count }, (_, i) => {
    const start = performance.now();
    work(i);
    return performance.now() - start;
  });
}

const median = (ms: readonly number[]): number => Number(ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)]!.toFixed(2));
