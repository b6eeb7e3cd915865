import { defineStore } from 'pinia';
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { MachineLoad } from '../../../../src-main/contract/api/app.ts';
import { onConnected, onPush } from '../../../connection/client.ts';
import { followRuns } from '../../../connection/follow.ts';
import { LiveRun } from './LiveRun.ts';

/** How long a run is heard on after the last one who looked at it has gone: a change of page and back loses nothing. */
const LINGER_MS = 3000;

/**
 * The runs that someone looks at. Each is followed once, however many look; the list is told to the host anew after a lost
 * connection, and what was missed meanwhile is read from the store.
 */
export const useLive = defineStore('live', () => {
  const runs = new Map<number, { readonly run: LiveRun; lookers: number; timer: ReturnType<typeof setTimeout> | undefined }>();
  const machine = shallowRef<MachineLoad>();

  const follow = () => followRuns('live', [...runs.keys()]);

  /** @returns the run, and what ends looking at it */
  function open(id: number): { readonly run: LiveRun; readonly close: () => void } {
    let entry = runs.get(id);
    if (entry) clearTimeout(entry.timer);
    else {
      entry = { run: new LiveRun(id), lookers: 0, timer: undefined };
      runs.set(id, entry);
      const { run } = entry;
      // Heard first, then read, and nothing falls between: the host begins with what it was asked first.
      void follow().catch(() => undefined);
      void run.read();
    }
    entry.lookers++;
    let closed = false;
    const close = () => {
      if (closed) return;
      closed = true;
      if (--entry.lookers > 0) return;
      entry.timer = setTimeout(() => {
        entry.run.dispose();
        runs.delete(id);
        void follow().catch(() => undefined);
      }, LINGER_MS);
    };
    return { run: entry.run, close };
  }

  onPush('live.metrics', (payload) => runs.get(payload.run)?.run.takeMetrics(payload));
  onPush('live.probe', ({ run, probe }) => runs.get(run)?.run.takeProbe(probe));
  onPush('live.log', ({ run, line }) => runs.get(run)?.run.takeLog(line));
  onPush('live.checkpoint', ({ run }) => runs.get(run)?.run.refreshDetails());
  onPush('machine.load', (load) => (machine.value = load));
  onPush('runs.changed', ({ runs: changed }) => {
    for (const { id, status } of changed) {
      const run = runs.get(id)?.run;
      if (!run?.details.value) continue;
      // A run that started or ended has other details; one that started has everything before it.
      if (run.details.value.run.status !== status) void run.read();
    }
  });

  let connections = 0;
  onConnected(() => {
    if (connections++ === 0 || runs.size === 0) return;
    void follow()
      .then(() => Promise.all([...runs.values()].map(({ run }) => run.read())))
      .catch(() => undefined);
  });

  return { machine, open };
});

/** The run of an id that may change, followed while the component lives. */
export function useLiveRun(id: Ref<number>): Readonly<Ref<LiveRun>> {
  const { open } = useLive();
  const first = open(id.value);
  const current = shallowRef(first.run);
  let close = first.close;
  watch(id, (next) => {
    close();
    const opened = open(next);
    current.value = opened.run;
    close = opened.close;
  });
  onScopeDispose(() => close());
  return current;
}
