import { describe, expect, it } from 'vitest';
import { nextTick, ref, shallowRef } from 'vue';
import type { Entries } from '../../../../src-renderer/features/replay/entries.ts';
import { useChosen } from '../../../../src-renderer/features/replay/useChosen.ts';
import { entriesOf } from './entries-of.ts';

describe('the chosen entry', () => {
  it('stays as it was in the last copy that had it', async () => {
    const uid = ref<number | null>(5);
    const first = entriesOf([{ uid: 4 }, { uid: 5, energy: 7 }], 10);
    const entries = shallowRef<Entries | null>(first);
    const marks = shallowRef(Uint8Array.of(0, 1));
    const chosen = useChosen(uid, entries, marks);
    expect(chosen.value).toMatchObject({ uid: 5, row: 1, falseMinimum: true, overwritten: false });

    marks.value = Uint8Array.of(0);
    entries.value = entriesOf([{ uid: 9 }], 20);
    await nextTick();
    expect(chosen.value).toMatchObject({ uid: 5, row: 1, falseMinimum: true, overwritten: true });
    expect(chosen.value?.entries).toBe(first);

    uid.value = 9;
    await nextTick();
    expect(chosen.value).toMatchObject({ uid: 9, row: 0, overwritten: false });
  });

  it('is none where no copy had it', () => {
    expect(useChosen(ref(1), shallowRef(entriesOf([{ uid: 2 }])), shallowRef(new Uint8Array(1))).value).toBeUndefined();
    expect(useChosen(ref(null), shallowRef(entriesOf([{ uid: 2 }])), shallowRef(new Uint8Array(1))).value).toBeUndefined();
  });
});
