import { computed, type Ref, type WritableComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import { PRESETS, type PresetName } from '../../../src-main/contract/config.ts';
import { SETTINGS } from '../../../src-main/contract/settings.ts';
import { request } from '../../connection/client.ts';
import { useNotices } from '../../stores/notices.ts';
import { draftLike, emptyDraft, type Draft } from './draft.ts';
import { useDrafts } from './drafts.ts';
import { parseSets } from './fork.ts';

/**
 * The form as it was left. An address may bring settings along: of a run that it shall be like, of a preset, or one by one
 * (?like=3, ?preset=paper, ?set=step_size:50).
 */
export function useDraft(fork: Ref<number | undefined>): WritableComputedRef<Draft> {
  const { drafts } = useDrafts();
  const notices = useNotices();
  const { query } = useRoute();
  const key = computed(() => (fork.value === undefined ? 'new' : `fork-${fork.value}`));
  const draft = computed({ get: () => drafts.get(key.value) ?? emptyDraft(), set: (value) => void drafts.set(key.value, value) });

  const sets = [query['set'] ?? []].flat().filter((set) => set !== null);
  const { edits, unknown } = parseSets(sets, SETTINGS.map(({ name }) => name));
  if (unknown.length > 0) notices.tell({ level: 'warning', title: 'A part of the link was not understood', text: unknown.join(', ') });
  const add = (to: Draft) => (draft.value = { ...to, edits: { ...to.edits, ...edits } });

  const like = [query['like']].flat()[0];
  const preset = [query['preset']].flat()[0];
  if (like && /^[1-9]\d{0,14}$/.test(like)) {
    request('runs.get', { run: Number(like) }).then(
      ({ config }) => add(draftLike(config)),
      (error: unknown) => notices.fail(`The settings of run ${like} were not read`, error),
    );
  } else if (preset && Object.hasOwn(PRESETS, preset)) add(emptyDraft(preset as PresetName));
  else if (sets.length > 0) add(draft.value);
  return draft;
}
