import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { onConnected, onPush, request } from '../../../connection/client.ts';
import { followRuns } from '../../../connection/follow.ts';
import { useRuns } from '../../../stores/runs.ts';
import type { RunGroup } from '../groups/group-runs.ts';
import type { CompareView } from '../view/view.ts';
import { isProbeMetric } from './catalogue.ts';
import { CurveStore, type Progress } from './curve-store.ts';
import { pointsFor, queriesFor } from './plan.ts';

/** Live runs that are heard value by value; further ones are read again at intervals. */
const FOLLOWED = 16;
/** Charts show what is new at most so often. */
const SHOW_MS = 250;
/** Means, probes and times of live runs, and curves of those that are not followed, are read again so often. */
const REFRESH_MS = 4000;
/** Followed curves too, now and then: what a push thinned or missed comes in. */
const HEAL_EVERY = 8;

/**
 * Reads the curves of the view, and keeps those of live runs up to date.
 *
 * @param groups those that are shown
 */
export function useCurves(view: Ref<CompareView>, groups: Ref<readonly RunGroup[]>) {
  const runs = useRuns();
  /** Counts up when some curve is new. */
  const version = shallowRef(0);
  const progress = shallowRef<Progress>({ done: 0, total: 0 });
  const failure = shallowRef<unknown>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const store = new CurveStore(
    (input) => request('series.read', input),
    () => (timer ??= setTimeout(show, SHOW_MS)),
    (error) => (failure.value = error),
  );

  function show(): void {
    timer = undefined;
    progress.value = store.progress;
    version.value++;
  }

  const live = () => groups.value.flatMap((group) => group.runs).filter(({ status }) => status === 'running');
  let followed = new Set<number>();
  let work = '';

  function follow(): void {
    const ids = live().slice(0, FOLLOWED).map(({ id }) => id);
    followed = new Set(ids);
    void followRuns('compare', ids).catch((error: unknown) => (failure.value = error));
  }

  watch(
    [view, groups],
    ([nextView, nextGroups]) => {
      const next = workOf(nextView, nextGroups);
      // A summary that is new every second must not start anything.
      if (next === work) return;
      work = next;
      failure.value = undefined;
      follow();
      store.want(queriesFor(nextView, nextGroups), pointsFor(nextGroups.reduce((sum, group) => sum + group.runs.length, 0)));
      show();
    },
    { immediate: true },
  );

  const statuses = new Map<number, RunSummary['status']>(runs.all.map(({ id, status }) => [id, status]));
  const ends = [
    onPush('live.metrics', ({ run, series }) => {
      for (const { metric, iterations, values } of series) store.append(run, metric, iterations, values);
    }),
    onPush('runs.changed', ({ runs: changed }) => {
      const ended = changed.filter(({ id, status }) => status !== 'running' && statuses.get(id) === 'running').map(({ id }) => id);
      for (const run of changed) statuses.set(run.id, run.status);
      // Its last values may have been told after its last push.
      if (ended.length > 0) store.expire(({ run }) => ended.includes(run));
    }),
    onConnected(() => {
      if (failure.value === undefined && store.progress.total === 0) return;
      failure.value = undefined;
      store.expire(() => true);
    }),
  ];

  let ticks = 0;
  const refresh = setInterval(() => {
    const running = new Set(live().map(({ id }) => id));
    if (running.size === 0 || failure.value !== undefined) return;
    const heal = ++ticks % HEAL_EVERY === 0;
    store.expire(({ run, metric, every }) => running.has(run) && (heal || every !== undefined || metric === 'elapsed' || isProbeMetric(metric) || !followed.has(run)));
  }, REFRESH_MS);

  onScopeDispose(() => {
    for (const end of ends) end();
    clearInterval(refresh);
    clearTimeout(timer);
    void followRuns('compare', []).catch(() => undefined);
  });

  function retry(): void {
    failure.value = undefined;
    store.expire(({ run, metric, every }) => !store.get(every === undefined ? { run, metric } : { run, metric, every }));
  }

  return { store, version, progress, failure, retry };
}

/** What decides which curves are needed. */
const workOf = (view: CompareView, groups: readonly RunGroup[]): string => JSON.stringify([view.axis, view.charts.map(({ metric }) => metric), groups.map(({ runs }) => runs.map(({ id, status, iterations }) => [id, status === 'running', iterations]))]);
