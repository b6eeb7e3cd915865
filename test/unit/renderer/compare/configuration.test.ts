import { expect, test } from 'vitest';
import { settingRows } from '../../../../src-renderer/features/compare/configuration/table.ts';
import { groupRuns } from '../../../../src-renderer/features/compare/groups/group-runs.ts';
import { sampleRun } from './sample-run.ts';

const runs = [sampleRun(1, { batch: 32, seed: 1 }), sampleRun(2, { seed: 2 }), sampleRun(3, { batch: 512, seed: 3, learnable_step_size: true }), sampleRun(4, { seed: 4 }), sampleRun(5, { seed: 5 })];

test('only settings that differ are rows, a written-out default is no difference', () => {
  const rows = settingRows(groupRuns(runs, 'none'), null, false);
  expect(rows.map(({ name, cells }) => [name, cells.map(({ text }) => text).join(' ')])).toEqual([
    ['seed', '1 2 3 4 5'],
    ['batch', '32 512 512 512 512'],
    ['learnable_step_size', 'off off on off off'],
  ]);
  expect(rows[1]!.summary).toBe('512 ×4, 32');
});

test('cells are held against the baseline', () => {
  const groups = groupRuns(runs, 'none');
  const [, batch] = settingRows(groups, groups[0]!.key, false);
  expect(batch!.cells.map(({ differs }) => differs)).toEqual([false, true, true, true, true]);
  expect(settingRows(groups, 'gone', false)[1]!.cells.every(({ differs }) => !differs)).toBe(true);
});

test('a group shows its values once, many of them as a count', () => {
  const groups = groupRuns(runs, ['batch']);
  const rows = settingRows(groups, null, false);
  expect(rows.find(({ name }) => name === 'seed')!.cells).toEqual([
    { text: '1', full: '1', differs: false },
    { text: '4 values', full: '2, 3, 4, 5', differs: false },
  ]);
  expect(rows.find(({ name }) => name === 'learnable_step_size')!.cells[1]).toMatchObject({ text: 'off, on', full: 'off ×3, on' });
});

test('all settings, engine and fork are there when asked for', () => {
  const rows = settingRows(groupRuns([sampleRun(1), sampleRun(2, {}, { engine: 'eager', parentRun: 1, parentIteration: 250 })], 'none'), null, true);
  expect(rows.find(({ name }) => name === 'hidden')).toMatchObject({ same: true, summary: '512' });
  expect(rows.at(-2)).toMatchObject({ name: 'engine', summary: 'compiled/cpu, eager/cpu' });
  expect(rows.at(-1)!.cells.map(({ text }) => text)).toEqual(['none', 'run 1 at 250']);
});
