import { shallowRef } from 'vue';
import type { Input, Output } from '../../../src-main/contract/api/index.ts';
import { request } from '../../connection/client.ts';

export type Trial =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly key: string }
  | { readonly state: 'done'; readonly key: string; readonly result: Output<'runs.trial'> }
  | { readonly state: 'failed'; readonly key: string; readonly error: unknown };

/** Two seconds of throw-away training, only when asked for. The form may change meanwhile: the result keeps the question's key, so that it is never shown as an answer to another. */
export function useTrial() {
  const trial = shallowRef<Trial>({ state: 'none' });
  let asked = 0;

  async function measure(question: Input<'runs.trial'>): Promise<void> {
    const mine = ++asked;
    const key = trialKey(question);
    trial.value = { state: 'running', key };
    try {
      const result = await request('runs.trial', question);
      if (mine === asked) trial.value = { state: 'done', key, result };
    } catch (error) {
      if (mine === asked) trial.value = { state: 'failed', key, error };
    }
  }

  /** The answer that is under way will be dropped. */
  function forget(): void {
    asked++;
    trial.value = { state: 'none' };
  }

  return { trial, measure, forget };
}

/** Same key, same measurement. How many iterations there are changes the whole time alone, which is computed, not measured. */
export function trialKey({ preset, changes, engine }: Input<'runs.trial'>): string {
  const settings = Object.entries(changes)
    .filter(([name]) => name !== 'iterations')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([preset, settings, engine]);
}
