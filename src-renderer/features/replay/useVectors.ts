import { shallowRef, watch, type Ref } from 'vue';
import { request } from '../../connection/client.ts';
import { useNotices } from '../../stores/notices.ts';
import { limitsOf, spread, type Limits } from './colour-limits.ts';
import type { Entries } from './entries.ts';
import { unpack, VectorCache, type Vectors } from './vector-cache.ts';

/** Entries whose vectors are kept: some screens full, fewer where they are large (16 MiB in all). */
const MOST_KEPT = 800;
const FEWEST_KEPT = 100;
const NUMBERS_KEPT = 2 ** 22;
/** Entries that decide the shared colour scales: enough for their numbers to be a sample, and for the scales not to hang on a few entries. */
const SAMPLE_NUMBERS = 2 ** 14;
const FEWEST_SAMPLED = 24;
const MOST_SAMPLED = 96;

/**
 * Vectors of the entries in sight, and the colour scales that their thumbnails share.
 *
 * @param widths of a problem and an answer, once they are known
 */
export function useVectors(run: number, entries: Readonly<Ref<Entries | null | undefined>>, widths: () => { readonly x: number; readonly y: number } | undefined) {
  const notices = useNotices();
  /** Counts arrivals: who reads it is drawn again when more have come. */
  const arrivals = shallowRef(0);
  const limits = shallowRef<Limits>();
  const cache = new VectorCache(
    (uids) => request('replay.vectors', { run, uids }),
    () => {
      const { x, y } = widths() ?? { x: 0, y: 1 };
      return Math.max(FEWEST_KEPT, Math.min(MOST_KEPT, Math.floor(NUMBERS_KEPT / (x + 3 * y))));
    },
    () => arrivals.value++,
    (error) => notices.fail('Problems and answers could not be read', error),
  );

  watch(entries, async (now) => {
    cache.renew();
    if (!now || now.count === 0) return;
    const { x, y } = widths() ?? { x: 0, y: 1 };
    const sample = Math.max(FEWEST_SAMPLED, Math.min(MOST_SAMPLED, Math.ceil(SAMPLE_NUMBERS / (x + y))));
    const uids = spread(now.count, sample).map((row) => now.columns.uid[row]!);
    try {
      limits.value = limitsOf([...unpack(await request('replay.vectors', { run, uids })).values()]);
    } catch (error) {
      notices.fail('The colour scale could not be chosen', error);
    }
  });

  return {
    limits,
    arrivals,
    wish: (uids: readonly number[]) => cache.wish(uids),
    of: (uid: number): Vectors | undefined => (arrivals.value >= 0 ? cache.get(uid) : undefined),
    isGone: (uid: number): boolean => arrivals.value >= 0 && cache.isGone(uid),
  };
}
