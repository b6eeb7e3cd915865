import { computed, shallowRef, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import type { RunSummary } from '../../../src-main/contract/api/runs.ts';
import { request } from '../../connection/client.ts';
import { saveFile } from '../../connection/save-file.ts';
import { useNotices } from '../../stores/notices.ts';
import { useRuns } from '../../stores/runs.ts';
import { forkLink } from './banner.ts';
import { possible } from './data/actions.ts';
import type { LiveRun } from './data/LiveRun.ts';

/** What a person does with the run that is shown. Refusals are told in the host's own words. */
export function useRunActions(live: Readonly<Ref<LiveRun>>, run: Readonly<Ref<RunSummary | undefined>>) {
  const router = useRouter();
  const notices = useNotices();
  const runs = useRuns();
  /** What is under way, by name: its button waits. */
  const busy = shallowRef<string>();
  const can = computed(() => (run.value ? possible(run.value, live.value.details.value) : undefined));

  async function attempt(name: string, failed: string, act: () => Promise<void>): Promise<void> {
    if (busy.value !== undefined) return;
    busy.value = name;
    try {
      await act();
    } catch (error) {
      notices.fail(failed, error);
    } finally {
      busy.value = undefined;
    }
  }

  const id = () => live.value.id;
  return {
    busy,
    can,
    stop: () =>
      attempt('stop', 'The run was not stopped', async () => {
        runs.take([(await request('runs.stop', { run: id() })).run]);
        live.value.refreshDetails(0);
      }),
    /** @param iterations in the whole run; as configured unless given */
    resume: (iterations?: number) =>
      attempt('resume', 'The run was not resumed', async () => {
        runs.take([(await request('runs.resume', { run: id(), ...(iterations === undefined ? {} : { iterations }) })).run]);
        live.value.refreshDetails(0);
      }),
    checkpoint: () =>
      attempt('checkpoint', 'No checkpoint was made', async () => {
        const { iteration } = await request('runs.checkpoint', { run: id() });
        notices.tell({ level: 'info', title: 'Checkpoint made', text: `At iteration ${iteration.toLocaleString('en')}.` });
        live.value.refreshDetails(0);
      }),
    export: (format: 'csv' | 'json' | 'safetensors') =>
      attempt('export', 'The run was not exported', async () => {
        const { filename, content } = await request('runs.export', { run: id(), format });
        const saved = await saveFile(filename, content);
        if (saved !== undefined) notices.tell({ level: 'info', title: 'Exported', text: saved });
      }),
    annotate: (changes: { name?: string; notes?: string; star?: boolean; archived?: boolean; addTags?: string[]; removeTags?: string[] }, failed: string) =>
      attempt('annotate', failed, async () => runs.take((await request('runs.annotate', { runs: [id()], ...changes })).runs)),
    remove: () =>
      attempt('delete', 'The run was not deleted', async () => {
        const { deleted } = await request('runs.delete', { runs: [id()] });
        runs.take([], deleted);
        notices.tell({ level: 'info', title: 'Run deleted', text: run.value?.name ?? `Run ${deleted.join(', ')}`, action: { label: 'Undo', run: () => void request('runs.restore', { runs: deleted }).then(({ runs: back }) => runs.take(back), (error: unknown) => notices.fail('The run was not brought back', error)) } });
        await router.push('/runs');
      }),
    fork: (from: number | 'last' | 'best' = 'last') => void router.push(forkLink(id(), from)),
    openReplay: () => void router.push(`/replay/${id()}`),
    compare: () => void router.push(`/compare?runs=${id()}`),
  };
}

export type RunActions = ReturnType<typeof useRunActions>;
