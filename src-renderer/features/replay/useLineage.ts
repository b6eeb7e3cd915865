import { shallowRef, watch } from 'vue';
import type { LineageVisit } from '../../../src-main/contract/api/replay.ts';
import { request } from '../../connection/client.ts';

/** The visits of the entry at hand, oldest first; read again with every copy. Answers that come late for another entry are dropped. */
export function useLineage(run: () => number, uid: () => number, copy: () => number) {
  const visits = shallowRef<readonly LineageVisit[]>();
  const error = shallowRef<unknown>();
  let asked = 0;

  async function load(): Promise<void> {
    const own = ++asked;
    try {
      const answer = await request('replay.lineage', { run: run(), uid: uid() });
      if (own !== asked) return;
      visits.value = answer.visits;
      error.value = undefined;
    } catch (thrown) {
      if (own === asked) error.value = thrown;
    }
  }

  watch([run, uid, copy], () => void load(), { immediate: true });
  return { visits, error, load };
}
