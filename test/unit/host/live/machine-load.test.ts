import { expect, it, onTestFinished, vi } from 'vitest';
import type { MachineLoad } from '../../../../src-main/contract/api/app.ts';
import { gpuOf, LoadWatch } from '../../../../src-main/host/live/machine-load.ts';

it("reads the first GPU of NVIDIA's lines; what it does not say is null", () => {
  expect(gpuOf(['NVIDIA H100 80GB HBM3, 37, 1024, 81559'])).toEqual({ name: 'NVIDIA H100 80GB HBM3', utilisation: 0.37, memoryUsed: 2 ** 30, memoryTotal: 81559 * 2 ** 20 });
  expect(gpuOf(['', 'Tesla, M40, 5, [N/A], 100'])).toEqual({ name: 'Tesla, M40', utilisation: 0.05, memoryUsed: null, memoryTotal: 100 * 2 ** 20 });
  expect(gpuOf(['No devices were found'])).toBeUndefined();
});

it('measures once a second while someone wants to know, and not otherwise', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const told: MachineLoad[] = [];
  const watch = new LoadWatch((load) => told.push(load));
  watch.wanted = true;
  watch.wanted = true;
  vi.advanceTimersByTime(3000);
  watch.wanted = false;
  vi.advanceTimersByTime(3000);
  expect(told).toHaveLength(3);
  for (const { cpu, memoryUsed, memoryTotal } of told) {
    if (cpu !== null) expect(cpu >= 0 && cpu <= 1, String(cpu)).toBe(true);
    expect(memoryUsed).toBeGreaterThan(0);
    expect(memoryUsed).toBeLessThan(memoryTotal!);
  }
});
