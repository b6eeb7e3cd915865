import { computed, shallowRef, watch, type Ref } from 'vue';
import type { Output } from '../../../src-main/contract/api/index.ts';
import { onConnected, request } from '../../connection/client.ts';
import type { Base, Draft } from './draft.ts';
import type { CheckpointChoice } from './fork.ts';
import { judge, placeErrors, type FieldErrors } from './judge.ts';
import { onScopeDispose } from 'vue';

const WAIT_MS = 250;
const NONE: FieldErrors = new Map();

/**
 * Judges a form twice: at once by the configuration record, and, when that finds nothing and typing pauses, by the host, which also
 * opens the data file and counts the parameters. An answer to an older form is dropped.
 */
export function useValidation(base: Ref<Base | undefined>, draft: Ref<Draft>, from: Ref<CheckpointChoice>) {
  const judged = computed(() => base.value && judge(base.value, draft.value.edits));
  const answer = shallowRef<Output<'runs.validate'>>();
  const failure = shallowRef<unknown>();
  /** Whether `answer` belongs to the form as it is. */
  const current = shallowRef(false);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** What the host is asked about; undefined while the record finds a mistake. */
  const question = computed(() => {
    if (!base.value || !judged.value?.config) return undefined;
    const { changes } = judged.value;
    return base.value.kind === 'preset' ? { preset: base.value.preset, changes } : { changes, fork: { run: base.value.run, from: from.value } };
  });

  async function ask(): Promise<void> {
    const mine = ++asked;
    if (!question.value) return;
    try {
      const found = await request('runs.validate', question.value);
      if (mine !== asked) return;
      answer.value = found;
      failure.value = undefined;
      current.value = true;
    } catch (error) {
      if (mine === asked) failure.value = error;
    }
  }

  watch(
    () => JSON.stringify(question.value),
    () => {
      current.value = false;
      asked++;
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), WAIT_MS);
    },
    { immediate: true },
  );
  onScopeDispose(onConnected(() => void ask()));
  onScopeDispose(() => clearTimeout(timer));

  const errors = computed<FieldErrors>(() => {
    if (judged.value && judged.value.errors.size > 0) return judged.value.errors;
    return current.value && answer.value ? placeErrors(answer.value.errors) : NONE;
  });
  const parameters = computed(() => (judged.value?.config ? (answer.value?.parameters ?? null) : null));
  return { judged, errors, parameters, current, failure };
}
