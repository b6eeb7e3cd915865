import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { NewestProbe } from '../../../../src-main/contract/api/series.ts';
import { taskHasHarder } from '../../../../src-main/contract/tasks.ts';
import { onConnected, request } from '../../../connection/client.ts';
import { useNotices } from '../../../stores/notices.ts';
import { UPDATES } from './columns.ts';
import { fits, fromEvaluation, fromProbes, PROBLEMS, type Evaluation, type Measured } from './measured.ts';

const REFRESH_MS = 4000;

/**
 * By run: the newest evaluation, which the host keeps, with the run's iteration at that time, or why it was refused (a run that
 * diverged at once has no checkpoint).
 */
const evaluations = shallowRef<ReadonlyMap<number, { readonly result: Evaluation | string; readonly at: number }>>(new Map());

/** How far the evaluation of several runs is. */
export interface Evaluating {
  readonly done: number;
  readonly total: number;
  readonly run: RunSummary;
  readonly cancelled: boolean;
}

/** Errors of runs: from their newest probes at once, from fresh problems when asked for. */
export function useResults(runs: Ref<readonly RunSummary[]>) {
  const notices = useNotices();
  const probes = shallowRef<ReadonlyMap<number, readonly NewestProbe[]>>(new Map());
  const failure = shallowRef<unknown>();
  const loaded = shallowRef(false);
  const evaluating = shallowRef<Evaluating | null>(null);
  let reading = false;
  let again = false;

  const takeAgain = (): boolean => {
    const asked = again;
    again = false;
    return asked;
  };

  async function read(): Promise<void> {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      for (let more = true; more; more = takeAgain()) {
        const ids = runs.value.map(({ id }) => id);
        const found = ids.length === 0 ? [] : (await request('probes.newest', { runs: ids })).probes;
        if (ids.length > 0) await readEvaluations(ids);
        probes.value = new Map(ids.map((id) => [id, found.filter(({ run }) => run === id)]));
        failure.value = undefined;
        loaded.value = true;
      }
    } catch (error) {
      failure.value = error;
    } finally {
      reading = false;
    }
  }

  /** Those that were made before, here or elsewhere: of last checkpoints, with as many problems, of the difficulties, that this page asks for. */
  async function readEvaluations(ids: readonly number[]): Promise<void> {
    const found = (await request('runs.evaluations', { runs: [...ids] })).evaluations.filter(({ run, options }) => fits(options, runs.value.find(({ id }) => id === run)?.task ?? ''));
    const next = new Map(evaluations.value);
    // Newest first: the first of each run is the one to show.
    for (const { options: _, at: __, ...result } of found.toReversed()) if (result.iteration >= (next.get(result.run)?.at ?? 0)) next.set(result.run, { result, at: result.iteration });
    evaluations.value = next;
  }

  watch(() => runs.value.map(({ id }) => id).join(), () => void read(), { immediate: true });
  // A newer probe shows in the summary's last error.
  watch(() => runs.value.map(({ id, status, lastError }) => `${id} ${status} ${lastError.same} ${lastError.harder}`).join(), throttled(() => void read(), REFRESH_MS));
  onScopeDispose(onConnected(() => void read()));

  function measured(run: RunSummary, source: 'probe' | 'evaluation'): Measured | undefined {
    const result = evaluations.value.get(run.id)?.result;
    return source === 'evaluation' ? (typeof result === 'object' ? fromEvaluation(run, result) : undefined) : fromProbes(run, probes.value.get(run.id) ?? []);
  }

  /** One run after the other; what is done stays when it is cancelled or one is refused. */
  async function evaluate(list: readonly RunSummary[]): Promise<void> {
    const refused: string[] = [];
    for (const [done, run] of list.entries()) {
      if (evaluating.value?.cancelled) break;
      evaluating.value = { done, total: list.length, run, cancelled: false };
      try {
        const result = await request('runs.evaluate', { run: run.id, checkpoint: 'last', steps: [...UPDATES], problems: PROBLEMS, harder: taskHasHarder(run.task) });
        evaluations.value = new Map(evaluations.value).set(run.id, { result, at: run.iteration });
      } catch (error) {
        const { message } = error as Error;
        refused.push(`${run.name}: ${message}`);
        evaluations.value = new Map(evaluations.value).set(run.id, { result: message, at: run.iteration });
      }
    }
    evaluating.value = null;
    if (refused.length > 0) notices.tell({ level: 'error', title: refused.length === 1 ? 'A run was not evaluated' : `${refused.length} runs were not evaluated`, text: refused.slice(0, 3).join('\n') });
  }

  function cancel(): void {
    if (evaluating.value) evaluating.value = { ...evaluating.value, cancelled: true };
  }

  const evaluated = (run: RunSummary): boolean => typeof evaluations.value.get(run.id)?.result === 'object';
  /** Why an evaluation was refused. */
  const refusal = (run: RunSummary): string | undefined => {
    const result = evaluations.value.get(run.id)?.result;
    return typeof result === 'string' ? result : undefined;
  };
  /** Has trained, and since it was last evaluated, if ever. */
  const worthEvaluating = (run: RunSummary): boolean => run.iteration > (evaluations.value.get(run.id)?.at ?? 0) && run.status !== 'queued';
  return { measured, evaluated, refusal, worthEvaluating, evaluate, evaluating, cancel, probes, failure, loaded, read };
}

/** At once, then at most so often, the last call never lost. */
function throttled(act: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending = false;
  const run = () => {
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (pending) run();
      pending = false;
    }, ms);
  };
  onScopeDispose(() => clearTimeout(timer));
  return () => {
    if (timer === undefined) run();
    else pending = true;
  };
}
