import { expect, it, vi } from 'vitest';
import { addCheckpoint, bestCheckpoint, latestCheckpoint } from '../../../db/checkpoints.ts';
import { readLog } from '../../../db/log.ts';
import type { WriteStore } from '../../../db/open.ts';
import { listProbes, readNewestProbe, readProbe } from '../../../db/probes.ts';
import { readProbeMeans } from '../../../db/probe-values.ts';
import { readLineage, readReplayAnswers, readReplayColumns, readReplayEntries, readReplayEntry, replaceReplay } from '../../../db/replay.ts';
import { changedSince, readSummaries } from '../../../db/run-summaries.ts';
import { beat, claimRun, findRun, getRun, listRuns, hiddenBefore, reconcileRuns } from '../../../db/runs.ts';
import { listMetrics, readSeries, thinSeries, writeSeries } from '../../../db/series.ts';
import { newRun, newStore } from './helpers.ts';

/** How SQLite would run every statement that a call makes, without the indentation. */
function plans(store: WriteStore, call: () => unknown): string[] {
  const spies = [vi.spyOn(store, 'first'), vi.spyOn(store, 'all'), vi.spyOn(store, 'write')];
  call();
  const statements = spies.flatMap((spy) => spy.mock.calls);
  for (const spy of spies) spy.mockRestore();
  return [...new Set(statements.flatMap(([sql, ...values]) => store.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => detail)))];
}

function filledStore(): { store: WriteStore; run: number } {
  const store = newStore();
  const run = newRun(store, { tags: ['t'] });
  writeSeries(store, run, [{ metric: 'loss', first: 1, values: new Float64Array(5000) }]);
  replaceReplay(store, run, { iteration: 1, entries: [], ancestors: [] });
  addCheckpoint(store, run, { iteration: 1, file: 'f', sha256: '', bytes: 1, best: true, error: 1 });
  claimRun(store, run, process.pid);
  return { store, run };
}

const CHUNK_BY_FIRST = 'USING INDEX sqlite_autoindex_series_chunks_1 (series=? AND first';
const SERIES = 'SEARCH series USING COVERING INDEX sqlite_autoindex_series_1 (run=? AND metric=?)';
const RUN = 'SEARCH runs USING INTEGER PRIMARY KEY (rowid=?)';
const ENTRY_BY_UID = 'SEARCH replay_entries USING INDEX sqlite_autoindex_replay_entries_1 (run=? AND uid=?)';

/** What must be searched and how: the beginning of a line of the plan. */
const HOT: readonly [name: string, call: (store: WriteStore, run: number) => unknown, searches: readonly string[]][] = [
  ['append to a series', (store, run) => writeSeries(store, run, [{ metric: 'loss', first: 5001, values: new Float64Array(10) }]), [SERIES, `SEARCH series_chunks ${CHUNK_BY_FIRST}<?)`, `SEARCH series_chunks ${CHUNK_BY_FIRST}>?)`]],
  ['replace in a series', (store, run) => writeSeries(store, run, [{ metric: 'loss', first: 1500, values: new Float64Array(900) }]), [SERIES, `SEARCH series_chunks ${CHUNK_BY_FIRST}>? AND first<?)`]],
  ['read a series', (store, run) => readSeries(store, run, 'loss', { from: 2000, to: 3000 }), [SERIES, `SEARCH chunk ${CHUNK_BY_FIRST}>? AND first<?)`]],
  ['thin a series', (store, run) => thinSeries(store, run, 'loss', 8, { from: 2000, to: 4000 }), [SERIES, 'SEARCH series_chunks USING COVERING INDEX series_chunks_summary (series=? AND first<?)', `SEARCH series_chunks ${CHUNK_BY_FIRST}=?)`]],
  ['list metrics', (store, run) => listMetrics(store, run), ['SEARCH series USING COVERING INDEX sqlite_autoindex_series_1 (run=?)', 'SEARCH series_chunks USING COVERING INDEX series_chunks_summary (series=?)']],
  ['get a run', (store, run) => getRun(store, run), [RUN, SERIES, `SEARCH series_chunks ${CHUNK_BY_FIRST.slice(0, -' AND first'.length)}`, 'SEARCH checkpoints USING INDEX checkpoints_best (run=?)', 'SEARCH run_tags USING PRIMARY KEY (run=?)']],
  ['find a run by name', (store) => findRun(store, 'addition-1'), ['SEARCH runs USING INDEX runs_by_name (name=?)']],
  ['list runs by tag', (store) => listRuns(store, { tag: 't' }), ['SEARCH runs USING INTEGER PRIMARY KEY (rowid=?)', 'SEARCH run_tags USING COVERING INDEX run_tags_by_tag (tag=?)']],
  ['list runs by task', (store) => listRuns(store, { task: 'addition' }), ['SEARCH runs USING INDEX runs_by_task (task=?)']],
  ['beat', (store, run) => beat(store, run, 1), [RUN]],
  ['reconcile runs', (store) => reconcileRuns(store), ['SEARCH runs USING INDEX runs_by_status (status=?)']],
  ['list probes', (store, run) => listProbes(store, run), ['SEARCH probes USING INDEX sqlite_autoindex_probes_1 (run=?)']],
  ['read a probe', (store, run) => readProbe(store, run, 1, 'same'), ['SEARCH probes USING INDEX sqlite_autoindex_probes_1 (run=? AND iteration=? AND difficulty=?)']],
  ['replace the replay buffer', (store, run) => replaceReplay(store, run, { iteration: 2, entries: [], ancestors: [] }), ['SEARCH replay_snapshots USING INTEGER PRIMARY KEY (rowid=?)']],
  ['page the replay buffer', (store, run) => readReplayEntries(store, run, { offset: 0, limit: 10, orderBy: 'error' }), ['SEARCH replay_entries USING INDEX sqlite_autoindex_replay_entries_1 (run=?)']],
  ['read replay columns', (store, run) => readReplayColumns(store, run), ['SEARCH replay_entries USING INDEX sqlite_autoindex_replay_entries_1 (run=?)']],
  ['read a replay entry', (store, run) => readReplayEntry(store, run, 1), [ENTRY_BY_UID, 'SEARCH replay_vectors USING INTEGER PRIMARY KEY (rowid=?)']],
  ['read a lineage', (store, run) => readLineage(store, run, 1), [ENTRY_BY_UID, 'SEARCH older USING INDEX sqlite_autoindex_replay_entries_1 (run=? AND uid=?)', 'SEARCH replay_vectors USING INTEGER PRIMARY KEY (rowid=?)']],
  ['latest checkpoint', (store, run) => latestCheckpoint(store, run), ['SEARCH checkpoints USING PRIMARY KEY (run=?)']],
  ['best checkpoint', (store, run) => bestCheckpoint(store, run), ['SEARCH checkpoints USING INDEX checkpoints_best (run=?)']],
  ['summaries of some runs', (store, run) => readSummaries(store, [run]), [RUN, SERIES, 'SEARCH checkpoints USING INDEX checkpoints_best (run=?)', 'SEARCH run_tags USING PRIMARY KEY (run=?)', 'SEARCH run_references USING PRIMARY KEY (run=?)', 'SEARCH probes USING INDEX sqlite_autoindex_probes_1 (run=?)', 'SEARCH series_chunks USING INDEX series_chunks_non_finite (series=?)']],
  ['what changed', (store) => changedSince(store, 3), ['SEARCH runs USING COVERING INDEX runs_by_revision (revision>?)']],
  ['what to purge', (store) => hiddenBefore(store, 0), ['SEARCH runs USING COVERING INDEX runs_deleted (deleted_at<?)']],
  ['probe means', (store, run) => readProbeMeans(store, run, 'same', 'error', 'last'), ['SEARCH probes USING INDEX sqlite_autoindex_probes_1 (run=? AND iteration>? AND iteration<?)']],
  ['newest probe', (store, run) => readNewestProbe(store, run, 'same'), ['SEARCH probes USING COVERING INDEX sqlite_autoindex_probes_1 (run=?)']],
  ['a page of replay answers', (store, run) => readReplayAnswers(store, run, { after: 5, limit: 10 }), ['SEARCH replay_entries USING INDEX sqlite_autoindex_replay_entries_1 (run=? AND uid>?)', 'SEARCH replay_vectors USING INTEGER PRIMARY KEY (rowid=?)']],
  ['read a log', (store, run) => readLog(store, run), ['SEARCH log_lines USING INDEX log_lines_by_run (run=? AND id>?)']],
];

it.each(HOT)('%s: every search by its index, no table walked through', (_name, call, searches) => {
  const { store, run } = filledStore();
  const found = plans(store, () => call(store, run));
  for (const search of searches) expect(found, search).toContainEqual(expect.stringContaining(search));
  // What a query made itself (a recursion, a subquery) is walked through; a table of ours is not.
  expect(found.filter((line) => /^SCAN (?!line|list|json_each|\(subquery|CONSTANT)/.test(line))).toEqual([]);
});
