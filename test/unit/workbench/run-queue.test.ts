import { describe, expect, it } from 'vitest';
import { RunQueue } from '../../../src-main/workbench/run-queue.ts';

/** A job that ends when told to. */
function job(log: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    end: () => resolve(undefined),
    work: async () => {
      log.push(`${name} starts`);
      await promise;
      log.push(`${name} ends`);
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('RunQueue', () => {
  it('starts at most so many at once, in the order in which they came', async () => {
    const log: string[] = [];
    const [a, b, c] = [job(log, 'a'), job(log, 'b'), job(log, 'c')];
    const queue = new RunQueue(2);
    for (const { work } of [a, b, c]) queue.add(work);
    expect(log).toEqual(['a starts', 'b starts']);
    b.end();
    await settled();
    expect(log).toEqual(['a starts', 'b starts', 'b ends', 'c starts']);
    expect(queue.running).toBe(2);
    a.end();
    c.end();
    await settled();
    expect(queue.running).toBe(0);
  });

  it('forgets a waiting job that is cancelled, and not one that runs', async () => {
    const log: string[] = [];
    const [a, b, c] = [job(log, 'a'), job(log, 'b'), job(log, 'c')];
    const queue = new RunQueue(1);
    const first = queue.add(a.work);
    const second = queue.add(b.work);
    queue.add(c.work);
    expect(second.cancel()).toBe(true);
    expect(second.cancel()).toBe(false);
    expect(first.cancel()).toBe(false);
    a.end();
    await settled();
    expect(log).toEqual(['a starts', 'a ends', 'c starts']);
  });

  it('starts waiting jobs when the limit rises', () => {
    const log: string[] = [];
    const queue = new RunQueue(1);
    for (const name of ['a', 'b', 'c']) queue.add(job(log, name).work);
    expect(queue.waiting).toBe(2);
    queue.limit = 3;
    expect(log).toEqual(['a starts', 'b starts', 'c starts']);
  });
});
