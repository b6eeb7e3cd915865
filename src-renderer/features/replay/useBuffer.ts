import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { Input } from '../../../src-main/contract/api/index.ts';
import type { RunDetails } from '../../../src-main/contract/api/runs.ts';
import { onConnected, request } from '../../connection/client.ts';
import { useNotices } from '../../stores/notices.ts';
import { useRuns } from '../../stores/runs.ts';
import { toEntries, withAssessment, type Entries } from './entries.ts';

export type CheckpointChoice = Input<'replay.assess'>['checkpoint'];

/** Time between copies of a live run's buffer when they are taken by themselves, ms. */
const EVERY_MS = 10_000;
const OUTDATED_MS = 3000;

/** A run's stored buffer as the host has it; read again when the connection comes back and when the run ends. */
export function useBuffer(run: number) {
  const notices = useNotices();
  const runs = useRuns();
  const details = shallowRef<RunDetails>();
  /** undefined until it was read; null where the run has no copy. */
  const entries = shallowRef<Entries | null>();
  const error = shallowRef<unknown>();
  /** What is being done, in words; empty when nothing is. */
  const doing = shallowRef('');
  const assessedWith = shallowRef<CheckpointChoice>();
  const automatic = shallowRef(false);
  const summary = computed(() => runs.byId.get(run) ?? details.value?.run);
  const live = computed(() => summary.value?.status === 'running');
  /** Whether this workbench trains it, and so can ask for a copy; another process's trainer hears only its own. */
  const reachable = computed(() => live.value && details.value?.owner !== 'elsewhere');

  async function load(): Promise<void> {
    try {
      const [got, copy] = await Promise.all([request('runs.get', { run }), request('replay.columns', { run })]);
      details.value = got;
      const fresh = toEntries(copy);
      entries.value = fresh && assessedWith.value !== undefined ? await assessed(fresh, assessedWith.value) : fresh;
      error.value = undefined;
    } catch (thrown) {
      error.value = thrown;
    }
  }

  const assessed = async (of: Entries, checkpoint: CheckpointChoice): Promise<Entries> => withAssessment(of, await request('replay.assess', { run, checkpoint }));

  /** Does one thing at a time and says what. @param refused what to tell when it fails */
  async function during(words: string, refused: string, work: () => Promise<void>): Promise<void> {
    if (doing.value !== '') return;
    doing.value = words;
    try {
      await work();
    } catch (thrown) {
      automatic.value = false;
      notices.fail(refused, thrown);
    } finally {
      doing.value = '';
    }
  }

  const takeCopy = () =>
    during('Taking a copy of the buffer …', 'No copy was taken', async () => {
      await request('replay.refresh', { run });
      await load();
    });

  /** Energies of all stored answers under a checkpoint's weights. */
  const assess = (checkpoint: CheckpointChoice) =>
    during('Computing energies under the checkpoint …', 'The energies were not computed', async () => {
      if (!entries.value) return;
      entries.value = await assessed(entries.value, checkpoint);
      assessedWith.value = checkpoint;
    });

  /** Has the live run save a checkpoint, so that there is a model to reason with. */
  const saveCheckpoint = () =>
    during('Saving a checkpoint …', 'No checkpoint was saved', async () => {
      await request('runs.checkpoint', { run });
      await load();
    });

  let checkedAt = -Infinity;
  /** Entries of this copy are no longer in the store: the run has stored another one by itself. Not asked more often than a person could follow. */
  function outdated(): void {
    const now = performance.now();
    if (now - checkedAt < OUTDATED_MS) return;
    checkedAt = now;
    void load();
  }

  const timer = setInterval(() => {
    if (automatic.value && reachable.value && document.visibilityState === 'visible') void takeCopy();
  }, EVERY_MS);
  onScopeDispose(() => clearInterval(timer));
  onScopeDispose(onConnected(() => void load()));
  watch(live, (now, before) => {
    if (now !== before) void load();
  });

  return { details, entries, error, doing, assessedWith, automatic, summary, live, reachable, load, takeCopy, assess, saveCheckpoint, outdated };
}

export type Buffer = ReturnType<typeof useBuffer>;
