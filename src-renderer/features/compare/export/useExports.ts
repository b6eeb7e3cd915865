import { computed, shallowRef, type Ref } from 'vue';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { MenuItem } from '../../../controls/ActionMenu.vue';
import { useNotices } from '../../../stores/notices.ts';
import type { CompareView } from '../view/view.ts';
import { saveCurves } from './save-curves.ts';

/** What the page as a whole can be saved as; single charts and the table have their own menus. */
export function useExports(view: Ref<CompareView>, runs: Ref<readonly RunSummary[]>) {
  const notices = useNotices();
  /** What is being done, in words; null while nothing is. */
  const busy = shallowRef<string | null>(null);

  async function curves(): Promise<void> {
    try {
      const saved = await saveCurves(runs.value, view.value.charts.map(({ metric }) => metric), (share) => (busy.value = `Writing curves: ${Math.round(100 * share)} %`));
      if (saved) notices.tell({ level: saved.thinned > 0 ? 'warning' : 'info', title: `Saved ${saved.path}`, text: saved.thinned > 0 ? `${saved.thinned} long curves were thinned, their extremes are exact; export a single run for every value.` : 'Every recorded value of the charts\' metrics, one a line.' });
    } catch (error) {
      notices.fail('The curves were not saved', error);
    } finally {
      busy.value = null;
    }
  }

  const items = computed((): MenuItem[] => [{ label: 'All curves of these charts (CSV)', disabled: busy.value !== null || runs.value.length === 0 || view.value.charts.length === 0, run: () => void curves() }]);
  return { items, busy };
}
