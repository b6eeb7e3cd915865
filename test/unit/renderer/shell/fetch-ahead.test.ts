import { afterEach, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { fetchAhead } from '../../../../src-renderer/shell/fetch-ahead.ts';

afterEach(() => vi.unstubAllGlobals());

it('fetches every other page once, one at a time and only when idle; one that cannot be had stops none', async () => {
  const fetched: string[] = [];
  let idle = 0;
  vi.stubGlobal('requestIdleCallback', (told: () => void) => {
    idle++;
    setTimeout(told);
  });
  const page = (name: string) => async () => {
    fetched.push(name);
    // Were they fetched together, all would have begun before the first one has come.
    await new Promise((resolve) => setTimeout(resolve, 5));
    fetched.push(`${name} came`);
    if (name === 'broken') throw new Error('no such file');
    return { render: () => null };
  };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', redirect: '/first' },
      ...['first', 'broken', 'last'].map((name) => ({ path: `/${name}`, component: page(name) })),
    ],
  });
  await router.push('/first');
  expect(fetched).toEqual(['first', 'first came']);
  await fetchAhead(router);
  expect(fetched.slice(2)).toEqual(['broken', 'broken came', 'last', 'last came']);
  expect(idle).toBe(2);
  router.onError(() => undefined);
  await expect(router.push('/broken')).rejects.toThrow('no such file');
});
