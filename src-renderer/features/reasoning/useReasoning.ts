import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { Input } from '../../../src-main/contract/api/index.ts';
import type { Walk } from '../../../src-main/contract/api/replay.ts';
import { request } from '../../connection/client.ts';
import { newestWins } from './newest-wins.ts';

export type WalkWish = Input<'reason.walk'>;

/** A walk with what was asked for it. */
export interface Reasoned {
  readonly wish: WalkWish;
  readonly walk: Walk;
  /** From the request to the answer, ms. */
  readonly took: number;
}

/** Reasons again whenever the wish changes: one request at a time, the newest next, so that the picture follows a slider. */
export function useReasoning(wish: Readonly<Ref<WalkWish | undefined>>) {
  const reasoned = shallowRef<Reasoned>();
  const error = shallowRef<unknown>();

  const asking = newestWins(
    async (asked: WalkWish) => {
      const from = performance.now();
      const walk = await request('reason.walk', asked);
      return { wish: asked, walk, took: performance.now() - from };
    },
    (result) => {
      if ('error' in result) error.value = result.error;
      else {
        reasoned.value = result.value;
        error.value = undefined;
      }
    },
  );

  function ask(): void {
    if (wish.value) asking.ask(wish.value);
  }

  watch(computed(() => JSON.stringify(wish.value)), ask, { immediate: true });
  onScopeDispose(() => asking.cancel());
  return { reasoned, error, again: ask };
}
