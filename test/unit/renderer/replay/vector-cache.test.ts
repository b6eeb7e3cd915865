import { describe, expect, it } from 'vitest';
import { VectorCache } from '../../../../src-renderer/features/replay/vector-cache.ts';

/** A store of entries 0 … 999 with x = [uid, uid], y = [uid], target = [0]; it answers when the test says so. */
function setup(size = 100) {
  const asked: { uids: number[]; answer(present?: (uid: number) => boolean): Promise<void>; refuse(): Promise<void> }[] = [];
  const failures: unknown[] = [];
  let changes = 0;
  const turn = () => new Promise<void>((resolve) => setTimeout(resolve));
  const cache = new VectorCache(
    (uids) =>
      new Promise((resolve, reject) => {
        asked.push({
          uids,
          answer: (present = () => true) => {
            const there = uids.filter(present);
            resolve({ uids: there, x: Float32Array.from(there.flatMap((uid) => [uid, uid])), y: Float32Array.from(there, (uid) => -uid), target: new Float32Array(there.length) });
            return turn();
          },
          refuse: () => {
            reject(new Error('refused'));
            return turn();
          },
        });
      }),
    () => size,
    () => changes++,
    (error) => failures.push((error as Error).message),
  );
  return { cache, asked, failures, changes: () => changes };
}

describe('vectors of rows in sight', () => {
  it('are read once, each entry’s own', async () => {
    const { cache, asked, changes } = setup();
    cache.wish([3, 4]);
    await asked[0]!.answer();
    expect(cache.get(4)).toEqual({ x: Float32Array.of(4, 4), y: Float32Array.of(-4), target: Float32Array.of(0), error: Float32Array.of(4) });
    cache.wish([4, 3]);
    expect([asked.length, changes()]).toEqual([1, 1]);
  });

  it('are asked for one request at a time, the newest wish next', async () => {
    const { cache, asked } = setup();
    cache.wish([1]);
    cache.wish([50, 51]);
    cache.wish([51, 52, 1]);
    expect(asked.map(({ uids }) => uids)).toEqual([[1]]);
    await asked[0]!.answer();
    expect(asked.map(({ uids }) => uids)).toEqual([[1], [51, 52]]);
    await asked[1]!.answer();
    expect(asked.length).toBe(2);
    expect(cache.get(50)).toBeUndefined();
  });

  it('are not asked for again when the copy no longer has the entry, until there is another copy', async () => {
    const { cache, asked } = setup();
    cache.wish([1, 2]);
    await asked[0]!.answer((uid) => uid !== 1);
    expect([cache.isGone(1), cache.isGone(2), asked.length]).toEqual([true, false, 1]);
    cache.wish([1, 2]);
    expect(asked.length).toBe(1);
    cache.renew();
    cache.wish([1, 2]);
    expect(asked[1]!.uids).toEqual([1]);
  });

  it('are forgotten when they are least recently seen', async () => {
    const { cache, asked } = setup(3);
    cache.wish([1, 2, 3]);
    await asked[0]!.answer();
    cache.wish([1, 4]);
    await asked[1]!.answer();
    expect([1, 2, 3, 4].map((uid) => cache.get(uid) !== undefined)).toEqual([true, false, true, true]);
  });

  it('are asked for again after a refusal, which is told', async () => {
    const { cache, asked, failures } = setup();
    cache.wish([1]);
    await asked[0]!.refuse();
    expect([failures, asked.length]).toEqual([['refused'], 1]);
    cache.wish([1]);
    await asked[1]!.answer();
    expect(cache.get(1)).toBeDefined();
  });
});
