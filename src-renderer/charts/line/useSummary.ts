import { onBeforeUnmount, shallowRef, watch, type Ref } from 'vue';
import { useFormat } from '../../format/useFormat.ts';
import { lineSummary, type Summarised } from '../words/summary.ts';

/** How often the words follow curves that grow: a reader would be interrupted by more, and it costs time. */
const EVERY_MS = 2000;

/** A chart in words, kept up to date without haste. */
export function useSummary(what: () => Summarised): Readonly<Ref<string>> {
  const { number, count } = useFormat();
  const words = shallowRef('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    timer = undefined;
    words.value = lineSummary(what(), number, count);
  };
  watch(what, () => {
    if (words.value === '') write();
    else timer ??= setTimeout(write, EVERY_MS);
  }, { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));
  return words;
}
