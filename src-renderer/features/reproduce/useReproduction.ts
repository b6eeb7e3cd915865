import { useThrottleFn } from '@vueuse/core';
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { ReproductionTable, ReproductionWork } from '../../../src-main/contract/api/reproduce.ts';
import { onConnected, onPush, request } from '../../connection/client.ts';
import { useNotices } from '../../stores/notices.ts';
import type { ReproduceView } from './address.ts';

/** The table is filled from the store anew at most so often while runs go on. */
const PACE_MS = 1000;

/** A table of the paper as the host fills it, and the reproduction that is under way. */
export function useReproduction(view: Readonly<Ref<ReproduceView>>) {
  const notices = useNotices();
  const table = shallowRef<ReproductionTable>();
  const work = shallowRef<ReproductionWork>(null);
  const failure = shallowRef<unknown>();
  /** A request to start or to stop is on its way. */
  const asking = shallowRef<'start' | 'stop' | null>(null);
  let asked = 0;

  async function read(): Promise<void> {
    const mine = ++asked;
    try {
      const found = await request('reproduce.table', view.value);
      if (mine !== asked) return;
      table.value = found.table;
      work.value = found.work;
      failure.value = undefined;
    } catch (error) {
      if (mine === asked) failure.value = error;
    }
  }
  const throttled = useThrottleFn(read, PACE_MS, true);
  const readSoon = () => void throttled();

  watch(
    view,
    () => {
      table.value = undefined;
      void read();
    },
    { immediate: true },
  );
  const ends = [
    onPush('reproduce.changed', ({ work: now }) => {
      work.value = now;
      readSoon();
    }),
    onPush('runs.changed', readSoon),
    onConnected(() => void read()),
  ];
  onScopeDispose(() => ends.forEach((end) => end()));

  async function start(tables: readonly ReproduceView['table'][]): Promise<void> {
    asking.value = 'start';
    try {
      work.value = (await request('reproduce.start', { tables: [...tables], scale: view.value.scale, seeds: view.value.seeds })).work;
    } catch (error) {
      notices.fail('The reproduction was not started', error);
    } finally {
      asking.value = null;
    }
  }

  async function stop(): Promise<void> {
    asking.value = 'stop';
    try {
      work.value = (await request('reproduce.stop', {})).work;
    } catch (error) {
      notices.fail('The reproduction was not stopped', error);
    } finally {
      asking.value = null;
    }
  }

  return { table, work, failure, asking, read, start, stop };
}
