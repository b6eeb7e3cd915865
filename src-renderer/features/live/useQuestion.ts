import { shallowRef, watch, type Ref } from 'vue';

/**
 * What a dialog asks a run's model: the answer to the newest question counts, and a dialog that was closed has forgotten its own.
 *
 * @param opening called each time the dialog opens, to set the question back
 */
export function useQuestion<Answer>(open: Readonly<Ref<boolean>>, opening: () => void) {
  const report = shallowRef<Answer>();
  const failure = shallowRef<unknown>();
  const busy = shallowRef(false);
  let asked = 0;

  watch(
    open,
    (now) => {
      asked++;
      busy.value = false;
      if (!now) return;
      report.value = undefined;
      failure.value = undefined;
      opening();
    },
    { immediate: true },
  );

  /** Asks; the answer is shown unless another question came after it. */
  async function ask(question: () => Promise<Answer>): Promise<void> {
    const mine = ++asked;
    busy.value = true;
    failure.value = undefined;
    try {
      const found = await question();
      if (mine === asked) report.value = found;
    } catch (error) {
      if (mine === asked) failure.value = error;
    } finally {
      if (mine === asked) busy.value = false;
    }
  }

  return { report, failure, busy, ask };
}
