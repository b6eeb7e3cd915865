import { computed, shallowRef, watch, type Ref } from 'vue';
import type { RunDetails } from '../../../src-main/contract/api/runs.ts';
import type { PresetName } from '../../../src-main/contract/config.ts';
import { request } from '../../connection/client.ts';
import type { Base } from './draft.ts';
import { chosenIteration, type CheckpointChoice } from './fork.ts';

/** What the form starts from: a preset, or the parent of a fork, which is read first. */
export function useBase(fork: Ref<number | undefined>, preset: Ref<PresetName>, choice: Ref<CheckpointChoice>) {
  const parent = shallowRef<RunDetails>();
  const failure = shallowRef<unknown>();

  watch(
    fork,
    async (run) => {
      parent.value = undefined;
      failure.value = undefined;
      if (run === undefined) return;
      try {
        const details = await request('runs.get', { run });
        if (fork.value === run) parent.value = details;
      } catch (error) {
        if (fork.value === run) failure.value = error;
      }
    },
    { immediate: true },
  );

  const iteration = computed(() => parent.value && chosenIteration(choice.value, parent.value.checkpoints));
  const base = computed<Base | undefined>(() => {
    if (fork.value === undefined) return { kind: 'preset', preset: preset.value };
    if (!parent.value || iteration.value === undefined) return undefined;
    return { kind: 'parent', run: fork.value, name: parent.value.run.name, config: parent.value.config, iteration: iteration.value };
  });
  return { parent, failure, base };
}
