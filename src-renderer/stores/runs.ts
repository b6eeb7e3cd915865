import { defineStore } from 'pinia';
import { computed, shallowRef, triggerRef } from 'vue';
import type { RunSummary } from '../../src-main/contract/api/runs.ts';
import { onConnected, onPush, request } from '../connection/client.ts';

/**
 * Every run of the store, as the host tells it: read once a connection, then kept up to date by `runs.changed`. Rows are plain
 * objects (never deeply reactive: there may be ten thousand).
 */
export const useRuns = defineStore('runs', () => {
  const byId = shallowRef(new Map<number, RunSummary>());
  const loaded = shallowRef(false);
  /** Why the list could not be read; undefined while nothing is wrong. */
  const failure = shallowRef<Error>();
  /** Newest first. */
  const all = computed(() => [...byId.value.values()].sort((a, b) => b.id - a.id));
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
      failure.value = undefined;
    } catch (error) {
      failure.value = error as Error;
    }
  }

  onPush('runs.changed', ({ runs, removed }) => take(runs, removed));
  onConnected(() => void load());

  return { byId, all, active, tags, loaded, failure, take, load };
});
