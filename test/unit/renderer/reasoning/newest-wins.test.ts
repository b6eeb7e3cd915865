import { describe, expect, it } from 'vitest';
import { newestWins } from '../../../../src-renderer/features/reasoning/newest-wins.ts';

/** Work that ends when the test says so. */
function manual() {
  const open: { wish: number; finish(): void; fail(error: Error): void }[] = [];
  const settled: unknown[] = [];
  let atOnce = 0;
  let most = 0;
  const asking = newestWins(
    (wish: number) =>
      new Promise<string>((resolve, reject) => {
        most = Math.max(most, ++atOnce);
        open.push({
          wish,
          finish: () => {
            atOnce--;
            resolve(`answer ${wish}`);
          },
          fail: (error) => {
            atOnce--;
            reject(error);
          },
        });
      }),
    (result) => settled.push('error' in result ? [result.wish, (result.error as Error).message] : [result.wish, result.value]),
  );
  return { asking, open, settled, most: () => most };
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('newestWins', () => {
  it('keeps one piece of work at a time and only the newest wish', async () => {
    const { asking, open, settled, most } = manual();
    for (const wish of [1, 2, 3, 4]) asking.ask(wish);
    expect(open.map(({ wish }) => wish)).toEqual([1]);
    open[0]!.finish();
    await turn();
    expect(open.map(({ wish }) => wish)).toEqual([1, 4]);
    open[1]!.finish();
    await turn();
    expect(settled).toEqual([[1, 'answer 1'], [4, 'answer 4']]);
    expect(most()).toBe(1);
  });

  it('goes on after a refusal', async () => {
    const { asking, open, settled } = manual();
    asking.ask(1);
    asking.ask(2);
    open[0]!.fail(new Error('no checkpoint'));
    await turn();
    open[1]!.finish();
    await turn();
    expect(settled).toEqual([[1, 'no checkpoint'], [2, 'answer 2']]);
  });

  it('forgets what waits and what is on its way when it is cancelled, and works again', async () => {
    const { asking, open, settled } = manual();
    asking.ask(1);
    asking.ask(2);
    asking.cancel();
    open[0]!.finish();
    await turn();
    expect([open.length, settled]).toEqual([1, []]);
    asking.ask(3);
    open[1]!.finish();
    await turn();
    expect(settled).toEqual([[3, 'answer 3']]);
  });
});
