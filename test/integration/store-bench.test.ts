import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { benchStore } from '../../src-main/bench/store.ts';

it('the store is measured in a place of its own, of which nothing stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
  try {
    const figures = benchStore(folder);
    expect(readdirSync(folder)).toEqual([]);
    expect(Object.keys(figures).sort()).toEqual(['read_1m_ms', 'replay_read_ms', 'replay_write_ms', 'scalars_per_s', 'small_flush_ms']);
    for (const [name, value] of Object.entries(figures)) expect.soft(Number.isFinite(value) && value > 0, `${name} = ${value}`).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
