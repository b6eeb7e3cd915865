import { useEventListener, watchThrottled } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, triggerRef } from 'vue';
import type { RunSummary } from '../../src-main/contract/api/runs.ts';
import { onConnected, onPush, request } from '../connection/client.ts';
import { firstOf, keepLastKnown, lastKnown } from './last-known.ts';
import { usePreferences } from './preferences.ts';

const KEEP_MS = 10_000;

/**
 * Every run of the store, as the host tells it: read once a connection, then kept up to date by `runs.changed`. Rows are plain
 * objects (never deeply reactive: there may be ten thousand).
 */
export const useRuns = defineStore('runs', () => {
  const preferences = usePreferences();
  const byId = shallowRef(new Map<number, RunSummary>());
  const loaded = shallowRef(false);
  /** Why the list could not be read; undefined while nothing is wrong. */
  const failure = shallowRef<Error>();
  /** What was seen of this store last, until the list is here. */
  const known = shallowRef(lastKnown);
  /** Ids as a person had them sorted last. */
  let sorted: readonly number[] = [];
  /** Newest first. */
  const all = computed(() => [...byId.value.values()].sort((a, b) => b.id - a.id));
  /** For a list that shows what was last known until the host has answered. */
  const shown = computed(() => known.value?.runs ?? all.value);
  const active = computed(() => all.value.filter(({ status }) => status === 'running' || status === 'queued'));
  /** Every tag that some run has, in order of the alphabet. */
  const tags = computed(() => [...new Set(all.value.flatMap((run) => run.tags))].sort((a, b) => a.localeCompare(b)));

  function take(runs: readonly RunSummary[], removed: readonly number[] = []): void {
    for (const run of runs) byId.value.set(run.id, run);
    for (const id of removed) byId.value.delete(id);
    triggerRef(byId);
  }

  async function load(): Promise<void> {
    try {
      const { runs } = await request('runs.list', {});
      byId.value = new Map(runs.map((run) => [run.id, run]));
      loaded.value = true;
      known.value = undefined;
      failure.value = undefined;
    } catch (error) {
      failure.value = error as Error;
    }
  }

  /** Tells which runs the next window shall show first, before its host has answered. */
  const sortedLast = (ids: readonly number[]): void => void (sorted = ids);

  function keep(): void {
    if (loaded.value) keepLastKnown(firstOf(sorted, all.value), all.value.length, preferences.preferences, preferences.layout);
  }
  useEventListener(window, 'pagehide', keep);
  // A window that is killed leaves no word.
  watchThrottled(byId, keep, { throttle: KEEP_MS, leading: false, trailing: true });

  onPush('runs.changed', ({ runs, removed }) => take(runs, removed));
  onConnected(() => void load());

  return { byId, all, shown, active, tags, loaded, known, failure, take, load, sortedLast };
});
