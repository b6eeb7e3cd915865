import { expect, it, vi } from 'vitest';
import { watch } from 'vue';
import { LiveRun } from '../../../../src-renderer/features/live/data/LiveRun.ts';
import { resolveConfig } from '../../../../src-main/contract/settings.ts';

const happened = vi.hoisted((): string[] => []);
vi.mock('../../../../src-renderer/connection/client.ts', () => ({
  request: async (name: string) => {
    happened.push(name);
    await Promise.resolve();
    if (name === 'runs.get') return { run: { id: 1, status: 'finished' }, owner: null, log: [], hasEnergy: true, config: resolveConfig({}, 'quick') };
    if (name === 'series.read') return { series: [{ run: 1, metric: 'loss', iterations: Float64Array.of(1, 2), values: Float64Array.of(0.5, 0.25) }] };
    return name === 'probes.curves' ? { probes: [] } : { same: Float64Array.of(), harder: Float64Array.of() };
  },
}));

it('asks for the curves before it shows the details, which make the page busy', async () => {
  const live = new LiveRun(1);
  watch(live.details, () => happened.push('details shown'), { flush: 'sync' });
  await live.read();
  expect(live.failure.value).toBeUndefined();
  expect(happened).toEqual(['runs.get', 'probes.curves', 'probes.iterations', 'series.read', 'details shown']);
  expect([...live.points('loss').y]).toEqual([0.5, 0.25]);
});
