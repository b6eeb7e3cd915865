import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { EngineReport } from '../../src-main/contract/api/app.ts';
import type { EngineId } from '../../src-main/contract/api/shapes.ts';
import { onPush, request } from '../connection/client.ts';

export const engineName = ({ engine, device }: EngineId): string => `${engine}/${device}`;

/** The doctor’s table for a run’s shape: what was found before, and an examination on request that fills it row by row. */
export function useEngines(changes: Ref<Readonly<Record<string, string | number | boolean>> | undefined>) {
  const reports = shallowRef<readonly EngineReport[]>([]);
  const fastest = shallowRef<EngineId | null>(null);
  const trying = shallowRef<string>();
  const examining = shallowRef(false);
  const failure = shallowRef<unknown>();
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const key = computed(() => JSON.stringify(changes.value));

  async function recall(): Promise<void> {
    const mine = ++asked;
    if (!changes.value) return;
    try {
      const known = await request('engines.known', { changes: { ...changes.value } });
      if (mine !== asked) return;
      reports.value = known.reports;
      fastest.value = null;
      failure.value = undefined;
    } catch (error) {
      if (mine === asked) failure.value = error;
    }
  }

  async function examine(): Promise<void> {
    if (!changes.value || examining.value) return;
    const mine = ++asked;
    examining.value = true;
    failure.value = undefined;
    reports.value = [];
    try {
      const found = await request('engines.examine', { changes: { ...changes.value } });
      if (mine !== asked) return;
      reports.value = found.reports;
      fastest.value = found.fastest;
    } catch (error) {
      if (mine === asked) failure.value = error;
    } finally {
      examining.value = false;
      trying.value = undefined;
    }
  }

  watch(
    key,
    () => {
      if (examining.value) return;
      clearTimeout(timer);
      timer = setTimeout(() => void recall(), 300);
    },
    { immediate: true },
  );

  onScopeDispose(
    onPush('engines.progress', ({ started, report }) => {
      if (!examining.value) return;
      if (started) trying.value = engineName(started);
      if (report) reports.value = [...reports.value.filter(({ id }) => engineName(id) !== engineName(report.id)), report];
    }),
  );
  onScopeDispose(() => clearTimeout(timer));
  return { reports, fastest, trying, examining, failure, examine };
}
