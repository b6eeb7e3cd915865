import { describe, expect, it } from 'vitest';
import { addCheckpoint } from '../../../db/checkpoints.ts';
import { readReferences, writeReferences } from '../../../db/references.ts';
import { readLayout, readPreferences, writeLayout, writePreferences } from '../../../db/remembered.ts';
import { changedSince, commitsOfOthers, listSummaries, readSummaries, revisionNow, runIds } from '../../../db/run-summaries.ts';
import { annotateRun, claimRun, deleteRun, endRun, findRun, getRun, hasRun, hiddenBefore, hideRun, listRuns, restoreRun } from '../../../db/runs.ts';
import { writeSeries } from '../../../db/series.ts';
import { refusal } from '../../support/refusal.ts';
import { newRun, newStore } from './helpers.ts';

describe('a hidden run', () => {
  it('is in no list and cannot be asked for, and is there again when it is restored', () => {
    const store = newStore();
    const [kept, hidden] = [newRun(store, { name: 'kept' }), newRun(store, { name: 'hidden', tags: ['t'] })];
    hideRun(store, hidden);
    expect([listRuns(store).map(({ id }) => id), listSummaries(store).map(({ id }) => id), runIds(store)]).toEqual([[kept], [kept], [kept]]);
    expect([hasRun(store, hidden), readSummaries(store, [hidden, kept]).length]).toEqual([false, 1]);
    expect(refusal(() => getRun(store, hidden)).code).toBe('run.unknown');
    expect(refusal(() => findRun(store, 'hidden')).code).toBe('run.unknown');
    expect(refusal(() => hideRun(store, hidden)).code).toBe('run.unknown');
    restoreRun(store, hidden);
    restoreRun(store, hidden);
    expect(getRun(store, hidden)).toMatchObject({ name: 'hidden', tags: ['t'] });
  });

  it('goes for good when it was hidden long enough, with all that was recorded of it', () => {
    const store = newStore();
    const [old, recent, other] = [newRun(store), newRun(store), newRun(store)];
    writeSeries(store, old, [{ metric: 'loss', first: 1, values: Float64Array.of(1) }]);
    hideRun(store, old);
    const between = Date.now() + 1;
    store.write('UPDATE runs SET deleted_at = ? WHERE id = ?', between - 10, old);
    hideRun(store, recent);
    store.write('UPDATE runs SET deleted_at = ? WHERE id = ?', between + 10, recent);
    expect(hiddenBefore(store, between)).toEqual([old]);
    deleteRun(store, old);
    expect(store.first('SELECT count(*) AS n FROM series')).toEqual({ n: 0 });
    expect(refusal(() => restoreRun(store, old)).code).toBe('run.unknown');
    restoreRun(store, recent);
    expect(runIds(store).sort()).toEqual([recent, other].sort());
  });

  it('cannot be one that trains', () => {
    const store = newStore();
    const run = newRun(store);
    claimRun(store, run, process.pid);
    expect(refusal(() => hideRun(store, run)).code).toBe('run.busy');
    expect(hasRun(store, run)).toBe(true);
  });
});

describe('changes of runs', () => {
  it('are found by their revision, each once, in the order in which they came', () => {
    const store = newStore();
    const [a, b, c] = [newRun(store), newRun(store), newRun(store)];
    const before = revisionNow(store);
    annotateRun(store, c, { star: true });
    annotateRun(store, a, { tags: ['x'] });
    annotateRun(store, c, { star: false });
    expect(changedSince(store, before)).toEqual([a, c]);
    hideRun(store, b);
    expect(changedSince(store, before)).toEqual([a, c, b]);
    expect(changedSince(store, revisionNow(store))).toEqual([]);
  });

  it('are not missed when the newest one is gone for good', () => {
    const store = newStore();
    const [a, b] = [newRun(store), newRun(store)];
    hideRun(store, b);
    const seen = revisionNow(store);
    for (const id of hiddenBefore(store, Infinity)) deleteRun(store, id);
    expect(revisionNow(store)).toBeGreaterThan(seen);
    annotateRun(store, a, { notes: 'n' });
    expect(changedSince(store, seen)).toEqual([a]);
  });

  it('of another process are seen by its commits, its own are not', () => {
    const store = newStore();
    const other = newStore(store.folder);
    const before = commitsOfOthers(store);
    const run = newRun(store);
    expect(commitsOfOthers(store)).toBe(before);
    annotateRun(other, run, { star: true });
    expect(commitsOfOthers(store)).not.toBe(before);
  });
});

describe('a summary', () => {
  it('has the last loss, NaN included, the best error, the trivial answers and whether anything was not finite', () => {
    const store = newStore();
    const [calm, wild] = [newRun(store), newRun(store, { notes: 'n' })];
    writeSeries(store, calm, [{ metric: 'loss', first: 1, values: Float64Array.of(2, 1) }, { metric: 'gradient_norm', first: 1, values: Float64Array.of(3) }]);
    writeSeries(store, wild, [{ metric: 'loss', first: 1, values: Float64Array.of(2, NaN) }]);
    addCheckpoint(store, calm, { iteration: 2, file: 'f', sha256: '', bytes: 1, best: true, error: 0.5 });
    const references = [{ difficulty: 'harder', name: 'zero', label: 'predict 0', error: 4 }, { difficulty: 'same', name: 'zero', label: 'predict 0', error: NaN }] as const;
    writeReferences(store, wild, [{ ...references[0], error: 9 }]);
    writeReferences(store, wild, references);
    expect(readReferences(store, wild)).toEqual(references);
    const [second, first] = listSummaries(store);
    expect(first).toMatchObject({ id: calm, lastLoss: 1, bestError: 0.5, nonFinite: false, references: [], hasNotes: false, lastError: { same: null, harder: null } });
    expect(second).toMatchObject({ id: wild, lastLoss: NaN, bestError: null, nonFinite: true, references, hasNotes: true });
    endRun(store, wild, { status: 'diverged', iteration: 2 });
    expect(readSummaries(store, [wild])[0]).toMatchObject({ status: 'diverged', iteration: 2 });
  });

  it.each(['loss', 'loss/replayed', 'energy/3', 'gradient_norm', 'answer_change', 'halting/1'])('say that %s was not finite', (metric) => {
    const store = newStore();
    const [finite, infinite] = [newRun(store), newRun(store)];
    writeSeries(store, finite, [{ metric, first: 1, values: Float64Array.of(2, 1) }]);
    writeSeries(store, infinite, [{ metric: 'ms', first: 1, values: Float64Array.of(1, 1) }, { metric, first: 1, values: Float64Array.of(2, -Infinity, 1) }]);
    expect(listSummaries(store).map(({ id, nonFinite }) => [id, nonFinite])).toEqual([[infinite, true], [finite, false]]);
  });

  it('say so of a run that diverged before a number of that iteration was recorded', () => {
    const store = newStore();
    const [finished, diverged] = [newRun(store), newRun(store)];
    for (const run of [finished, diverged]) writeSeries(store, run, [{ metric: 'gradient_norm', first: 1, values: Float64Array.of(2, 1) }]);
    endRun(store, finished, { status: 'finished', iteration: 2 });
    endRun(store, diverged, { status: 'diverged', iteration: 2, divergence: { iteration: 3, step: -1, quantity: 'gradient' } });
    expect(listSummaries(store).map(({ id, nonFinite }) => [id, nonFinite])).toEqual([[diverged, true], [finished, false]]);
  });

  it.each(['diverged', 'finished', 'stopped', 'failed'] as const)('go by how the run ended where nothing else is known: %s', (status) => {
    const store = newStore();
    const run = newRun(store);
    endRun(store, run, { status, iteration: 0 });
    expect(readSummaries(store, [run])[0]!.nonFinite).toBe(status === 'diverged');
  });

  it('take no number of the machine for one of the training', () => {
    const store = newStore();
    const run = newRun(store);
    writeSeries(store, run, ['ms', 'cpu', 'memory'].map((name) => ({ metric: name, first: 1, values: Float64Array.of(NaN, Infinity) })));
    expect(readSummaries(store, [run])[0]!.nonFinite).toBe(false);
  });
});

it('preferences and layout come back as they were, and a piece of layout can be forgotten', () => {
  const store = newStore();
  writePreferences(store, { theme: 'dark', digits: 4, welcomed: undefined });
  writePreferences(store, { digits: 5 });
  expect(readPreferences(store)).toEqual({ theme: 'dark', digits: 5 });
  writeLayout(store, 'runs.columns', '{"a":[1,2]}');
  writeLayout(store, 'live.split', '0.5');
  writeLayout(store, 'live.split', null);
  expect(readLayout(store)).toEqual({ 'runs.columns': { a: [1, 2] } });
});
