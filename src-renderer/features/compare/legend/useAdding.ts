import { computed, type Ref } from 'vue';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { MenuItem } from '../../../controls/ActionMenu.vue';
import { useRuns } from '../../../stores/runs.ts';
import { otherSeeds } from './selection.ts';

/** Ways to add several runs at once. */
export function useAdding(chosen: Ref<readonly RunSummary[]>, add: (ids: readonly number[]) => void, clear: () => void) {
  const runs = useRuns();
  const seeds = computed(() => otherSeeds(chosen.value, runs.all));
  const items = computed((): MenuItem[] => {
    const here = new Set(chosen.value.map(({ id }) => id));
    const newest = runs.all.filter(({ id, archived }) => !archived && !here.has(id));
    const idsOf = (list: readonly RunSummary[]) => list.map(({ id }) => id).sort((a, b) => a - b);
    return [
      { label: seeds.value.length === 0 ? 'All seeds of these settings are here' : `All seeds of these settings (${seeds.value.length} more)`, disabled: seeds.value.length === 0, run: () => add(idsOf(seeds.value)) },
      ...[2, 5, 10, 50].map((n, i) => ({ label: `The newest ${n}`, separated: i === 0, disabled: newest.length === 0, run: () => add(idsOf(newest.slice(0, n))) })),
      { label: 'Runs that are active', disabled: !newest.some(({ status }) => status === 'running' || status === 'queued'), run: () => add(idsOf(newest.filter(({ status }) => status === 'running' || status === 'queued'))) },
      { label: 'Remove all runs', separated: true, disabled: chosen.value.length === 0, run: clear },
    ];
  });
  return { items };
}
