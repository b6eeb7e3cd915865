import { computed, type Ref, type WritableComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import { PRESETS, type PresetName } from '../../../src-main/contract/config.ts';
import { SETTINGS } from '../../../src-main/contract/settings.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { useDrafts } from './drafts.ts';
import { parseSets } from './fork.ts';

/** The form as it was left; an address that brings settings along (?preset=paper&set=step_size:50) lays them over it. */
export function useDraft(fork: Ref<number | undefined>): WritableComputedRef<Draft> {
  const { drafts } = useDrafts();
  const { query } = useRoute();
  const key = computed(() => (fork.value === undefined ? 'new' : `fork-${fork.value}`));
  const draft = computed({ get: () => drafts.get(key.value) ?? emptyDraft(), set: (value) => void drafts.set(key.value, value) });

  const sets = [query['set'] ?? []].flat().filter((set) => set !== null);
  const { edits } = parseSets(sets, SETTINGS.map(({ name }) => name));
  const preset = [query['preset']].flat()[0];
  const known = preset && Object.hasOwn(PRESETS, preset) ? (preset as PresetName) : draft.value.preset;
  if (sets.length > 0 || known !== draft.value.preset) draft.value = { ...draft.value, preset: known, edits: { ...draft.value.edits, ...edits } };
  return draft;
}
