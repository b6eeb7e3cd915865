import { shallowRef, watch, type Ref } from 'vue';
import { request } from '../../connection/client.ts';
import { useNotices } from '../../stores/notices.ts';
import { limitsOf, spread, type Limits } from './colour-limits.ts';
import type { Entries } from './entries.ts';
import { unpack, VectorCache, type Vectors } from './vector-cache.ts';

/** Entries whose vectors are kept: some screens full. */
const KEPT = 800;
/** Entries that decide the shared colour scales. */
const SAMPLE = 48;

/** Vectors of the entries in sight, and the colour scales that their thumbnails share. */
export function useVectors(run: number, entries: Readonly<Ref<Entries | null | undefined>>) {
  const notices = useNotices();
  /** Counts arrivals: who reads it is drawn again when more have come. */
  const arrivals = shallowRef(0);
  const limits = shallowRef<Limits>();
  const cache = new VectorCache(
    (uids) => request('replay.vectors', { run, uids }),
    KEPT,
    () => arrivals.value++,
    (error) => notices.fail('Problems and answers could not be read', error),
  );

  watch(entries, async (now) => {
    cache.renew();
    if (!now || now.count === 0) return;
    const uids = spread(now.count, SAMPLE).map((row) => now.columns.uid[row]!);
    try {
      limits.value = limitsOf([...unpack(await request('replay.vectors', { run, uids })).values()]);
    } catch (error) {
      notices.fail('The colour scale could not be chosen', error);
    }
  });

  return {
    limits,
    wish: (uids: readonly number[]) => cache.wish(uids),
    of: (uid: number): Vectors | undefined => (arrivals.value >= 0 ? cache.get(uid) : undefined),
    isGone: (uid: number): boolean => arrivals.value >= 0 && cache.isGone(uid),
  };
}
