import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { benchStore } from '../../src-main/bench/store.ts';

it('the store keeps up: what a run records, read back at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
  const figures = benchStore(folder);
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
  expect(figures.scalars_per_s).toBeGreaterThan(200_000);
  expect(figures.read_1m_ms).toBeLessThan(50);
  expect(figures.replay_write_ms).toBeLessThan(1000);
  expect(figures.replay_read_ms).toBeLessThan(200);
});
