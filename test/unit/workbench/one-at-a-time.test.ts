import { describe, expect, it } from 'vitest';
import { oneAtATime } from '../../../src-main/workbench/one-at-a-time.ts';

describe('work that takes turns', () => {
  it('is done in order, and a failure is its own', async () => {
    const inTurn = oneAtATime();
    const done: number[] = [];
    const gate = Promise.withResolvers<undefined>();
    const all = [inTurn(async () => (await gate.promise, done.push(1))), inTurn(() => Promise.reject(new Error('mine'))), inTurn(() => Promise.resolve(done.push(3)))];
    await Promise.resolve();
    expect(done).toEqual([]);
    gate.resolve(undefined);
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(done).toEqual([1, 3]);
  });
});
