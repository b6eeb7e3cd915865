import { describe, expect, it } from 'vitest';
import { REPRODUCTION_TABLES, SCALES } from '../../../src-main/contract/reproduction.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { signatureOf } from '../../../src-main/reproduction/find.ts';
import { planOf, testOf } from '../../../src-main/reproduction/plan.ts';

describe('plans', () => {
  it.each(REPRODUCTION_TABLES.flatMap((name) => SCALES.map((scale) => ({ name, scale }))))('$name, $scale: rows of different names and configurations, and columns that its tests fill', ({ name, scale }) => {
    const { rows, columns, test } = planOf(name, scale);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    // Proper PonderNet alone is the same run as nothing else: rows never share one within a table.
    expect(new Set(rows.map(({ config }) => signatureOf(config))).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(3);
    for (const { config, published } of rows) {
      expect(config.seed).toBe(0);
      for (const column of Object.keys(published)) expect(columns.map(({ id }) => id)).toContain(column);
      for (const column of columns) if ('updates' in column && !(name === 'steps' && config.task === 'shortest-path' && column.updates === 80)) expect(testOf(config, scale).steps).toContain(column.updates);
    }
    expect(test).toBe(name === 'nested' ? 'nested' : 'evaluation');
  });

  it('at paper scale the runs are those of the presets, so that one trained by hand counts', () => {
    const { rows } = planOf('continuous', 'paper');
    expect(rows.find(({ id }) => id === 'inverse irem')!.config).toEqual(resolveConfig({ task: 'inverse' }, 'paper'));
    expect(rows.find(({ id }) => id === 'addition ponder release')!.config).toEqual(resolveConfig({ method: 'ponder', ponder_loss: 'release' }, 'paper'));
    expect(planOf('graph', 'paper').rows.find(({ id }) => id === 'connected irem')!.config).toEqual(resolveConfig({ task: 'connected' }, 'graph'));
    const ablation = planOf('ablation', 'paper').rows;
    expect(ablation.map(({ config: { backprop, replay_fraction } }) => [backprop, replay_fraction])).toEqual([['last-step', 0.5], ['full', 0.5], ['last-step', 0], ['full', 0]]);
    expect(ablation[0]!.config).toEqual(resolveConfig({}, 'paper'));
  });

  it('has the published errors beside what was published, and nothing beside the rest', () => {
    const published = (table: 'continuous' | 'graph' | 'nested', id: string) => planOf(table, 'paper').rows.find((row) => row.id === id)!.published;
    expect(published('continuous', 'addition irem')).toEqual({ 'same@40': 0.0003, 'harder@40': 0.0021 });
    expect(published('continuous', 'addition ponder release')).toEqual({ 'same@40': 0.0111, 'harder@40': 0.3446 });
    expect(published('continuous', 'addition ponder')).toEqual({});
    expect(published('graph', 'shortest-path feedforward')).toEqual({ 'harder@40': 1.4089 });
    expect(published('graph', 'shortest-path feedforward edge-aware')).toEqual({});
    expect(published('nested', 'addition feedforward')).toEqual({ 'composed@9': 0.88 });
    for (const table of REPRODUCTION_TABLES) for (const row of planOf(table, 'quick').rows) expect(row.published).toEqual({});
  });
});
