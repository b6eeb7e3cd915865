import { useRouter } from 'vue-router';
import type { RunSummary } from '../../../src-main/contract/api/runs.ts';
import { request } from '../../connection/client.ts';
import type { Input } from '../../../src-main/contract/api/index.ts';
import { useNotices } from '../../stores/notices.ts';
import { useRuns } from '../../stores/runs.ts';
import { exportRuns, type ExportFormat } from './export-runs.ts';

type Change = Omit<Input<'runs.annotate'>, 'runs'>;
export type Runs = readonly RunSummary[];

export const countOf = (runs: { readonly length: number }): string => (runs.length === 1 ? '1 run' : `${runs.length.toLocaleString('en')} runs`);
/** One by its name, several by their number. */
const namesOf = (runs: Runs): string => (runs.length === 1 ? runs[0]!.name : countOf(runs));
const idsOf = (runs: Runs): number[] => runs.map(({ id }) => id);
const isActive = ({ status }: RunSummary): boolean => status === 'running' || status === 'queued';

/** What can be done with chosen runs. What takes something away can be undone from its message. */
export function useRunActions() {
  const notices = useNotices();
  const store = useRuns();
  const router = useRouter();

  async function annotate(runs: Runs, change: Change, failed: string): Promise<boolean> {
    if (runs.length === 0) return false;
    try {
      const { runs: changed } = await request('runs.annotate', { runs: idsOf(runs), ...change });
      store.take(changed);
      return true;
    } catch (error) {
      notices.fail(failed, error);
      return false;
    }
  }

  const undoable = (title: string, undo: () => void) => notices.tell({ level: 'info', title, text: '', action: { label: 'Undo', run: undo } });

  async function star(runs: Runs, on: boolean): Promise<void> {
    await annotate(runs.filter((run) => run.star !== on), { star: on }, 'The star was not changed');
  }

  async function archive(runs: Runs, on: boolean): Promise<void> {
    const changed = runs.filter(({ archived }) => archived !== on);
    if (await annotate(changed, { archived: on }, 'Nothing was archived')) undoable(`${namesOf(changed)} ${on ? 'archived' : 'taken out of the archive'}.`, () => void annotate(changed, { archived: !on }, 'Undo failed'));
  }

  async function addTag(runs: Runs, tag: string): Promise<void> {
    const changed = runs.filter(({ tags }) => !tags.includes(tag));
    if ((await annotate(changed, { addTags: [tag] }, `The tag ${tag} was not added`)) && changed.length > 1) undoable(`Tag ${tag} added to ${countOf(changed)}.`, () => void annotate(changed, { removeTags: [tag] }, 'Undo failed'));
  }

  async function removeTag(runs: Runs, tag: string): Promise<void> {
    const changed = runs.filter(({ tags }) => tags.includes(tag));
    if (await annotate(changed, { removeTags: [tag] }, `The tag ${tag} was not removed`)) undoable(`Tag ${tag} removed from ${namesOf(changed)}.`, () => void annotate(changed, { addTags: [tag] }, 'Undo failed'));
  }

  async function rename(run: RunSummary, name: string): Promise<void> {
    const wanted = name.trim();
    if (wanted === '' || wanted === run.name) return;
    if (await annotate([run], { name: wanted }, 'The run was not renamed')) undoable(`${run.name} is now called ${wanted}.`, () => void annotate([run], { name: run.name }, 'Undo failed'));
  }

  async function remove(runs: Runs): Promise<void> {
    const [busy, free] = [runs.filter(isActive), runs.filter((run) => !isActive(run))];
    if (busy.length > 0) notices.tell({ level: 'warning', title: `${namesOf(busy)} not deleted.`, text: 'What runs or waits is not deleted; stop it first.', action: { label: 'Stop', run: () => void stop(busy) } });
    if (free.length === 0) return;
    try {
      const { deleted } = await request('runs.delete', { runs: idsOf(free) });
      store.take([], deleted);
      undoable(`${namesOf(free.filter(({ id }) => deleted.includes(id)))} deleted.`, () => void restore(deleted));
    } catch (error) {
      notices.fail('Nothing was deleted', error);
    }
  }

  async function restore(runs: readonly number[]): Promise<void> {
    try {
      store.take((await request('runs.restore', { runs: [...runs] })).runs);
    } catch (error) {
      notices.fail('The runs were not brought back', error);
    }
  }

  async function stop(runs: Runs): Promise<void> {
    for (const run of runs.filter(isActive)) {
      try {
        store.take([(await request('runs.stop', { run: run.id })).run]);
      } catch (error) {
        notices.fail(`${run.name} was not stopped`, error);
      }
    }
  }

  async function exportAs(runs: Runs, format: ExportFormat): Promise<void> {
    const waiting = notices.tell({ level: 'info', title: `Writing ${namesOf(runs)} as ${format} …`, text: '' });
    try {
      const saved = await exportRuns(runs, format);
      if (saved !== undefined) notices.tell({ level: 'info', title: `${namesOf(runs)} exported.`, text: saved });
    } catch (error) {
      notices.fail('Nothing was exported', error);
    } finally {
      notices.dismiss(waiting);
    }
  }

  const open = (run: RunSummary) => void router.push(`/runs/${run.id}`);
  const compare = (runs: Runs) => void router.push({ path: '/compare', query: { runs: idsOf(runs).join(',') } });
  const fork = (run: RunSummary) => void router.push({ path: '/new', query: { fork: String(run.id) } });

  return { star, archive, addTag, removeTag, rename, remove, stop, exportAs, open, compare, fork };
}
