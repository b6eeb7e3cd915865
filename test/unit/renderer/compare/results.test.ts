import { PRESETS } from '../../../../src-main/contract/config.ts';
import { describe, expect, test } from 'vitest';
import type { NewestProbe } from '../../../../src-main/contract/api/series.ts';
import { fits, fromEvaluation, fromProbes, type Evaluation, type Measured } from '../../../../src-renderer/features/compare/results/measured.ts';
import { publishedFor } from '../../../../src-renderer/features/compare/results/published.ts';
import { deltaOf, resultRow, sortRows } from '../../../../src-renderer/features/compare/results/rows.ts';
import { tableCsv, tableMarkdown } from '../../../../src-renderer/features/compare/results/table-text.ts';
import { verdictOf, verdictWords } from '../../../../src-renderer/features/compare/results/verdict.ts';
import { sampleRun } from './sample-run.ts';

const ZERO = { difficulty: 'same' as const, name: 'zero', label: 'predict 0', error: 0.66 };
const LINEAR = { difficulty: 'same' as const, name: 'linear', label: 'a linear map (A + B)', error: 0 };

const probe = (run: number, errorAt: (k: number) => number, steps = 40): NewestProbe => ({ run, iteration: 1000, difficulty: 'same', steps, problems: 32, meanErrors: Float64Array.from({ length: steps + 1 }, (_, k) => errorAt(k)), lowestEnergy: { error: 0.5, updates: 12.5 } });

const measured = (id: number, error: number, rest: Partial<Parameters<typeof sampleRun>[2]> = {}): Measured => fromProbes(sampleRun(id, { seed: id }, { references: [ZERO, LINEAR], ...rest }), [probe(id, () => error)])!;

describe('errors of a run', () => {
  test('come from its newest probe, as far as the probe goes', () => {
    const { errors, ...rest } = fromProbes(sampleRun(3), [probe(2, () => 9), probe(3, (k) => 1 / (k + 1))])!;
    expect([...errors]).toEqual([['same/10', 1 / 11], ['same/20', 1 / 21], ['same/40', 1 / 41], ['same/lowest', 0.5]]);
    expect(rest).toMatchObject({ source: 'probe', iteration: 1000, problems: 32 });
    expect(fromProbes(sampleRun(4), [probe(3, () => 1)])).toBeUndefined();
  });

  test('come from an evaluation with its own trivial answers', () => {
    const spread = { low: 1, high: 3, quantiles: [1, 1, 2, 3, 3] };
    const evaluation: Evaluation = {
      run: 3,
      iteration: 250,
      stepSize: 100,
      results: [{ difficulty: 'harder', problems: 5632, steps: [{ updates: 10, error: NaN, ...spread }, { updates: 80, error: 2, ...spread }], lowestEnergy: { error: 3, updates: 7 }, references: [{ name: 'zero', label: 'predict 0', error: 4, beaten: true }] }],
    };
    const found = fromEvaluation(sampleRun(3), evaluation);
    expect([...found.errors]).toEqual([['harder/10', NaN], ['harder/80', 2], ['harder/lowest', 3]]);
    expect(found.references).toEqual([{ difficulty: 'harder', name: 'zero', label: 'predict 0', error: 4 }]);
    expect(found).toMatchObject({ iteration: 250, problems: 5632 });
  });
});

test('a kept evaluation is shown where it has everything that the table shows', () => {
  const whole = { checkpoint: 'last' as const, problems: 5632, steps: [0, 10, 20, 40, 80], harder: true };
  expect(fits(whole, 'addition')).toBe(true);
  for (const less of [{ harder: false }, { problems: 512 }, { steps: [10, 20] }, { checkpoint: 'best' as const }]) expect(fits({ ...whole, ...less }, 'addition')).toBe(false);
  // There are no harder datasets to ask for.
  expect([fits(whole, 'dataset'), fits({ ...whole, harder: false }, 'dataset')]).toEqual([false, true]);
});

describe('a row of the final table', () => {
  const group = (...found: Measured[]) => resultRow({ key: 'g', label: 'Group, one', runs: found.map(({ run }) => run) }, (run) => found.find((entry) => entry.run === run));

  test('of a group is mean and deviation, with n', () => {
    const row = group(measured(1, 0.1), measured(2, 0.3));
    expect(row.cells.get('same/40')).toEqual({ mean: 0.2, deviation: expect.closeTo(Math.sqrt(0.02), 12), n: 2, nonFinite: 0 });
    expect(row).toMatchObject({ counted: 2, iterations: [1000, 1000], problems: [32, 32], missing: [] });
  });

  test('counts a diverged member instead of averaging what it was before', () => {
    const row = group(measured(1, 0.1), measured(2, 0.3), measured(3, 9, { status: 'diverged' }));
    expect(row.cells.get('same/40')!.mean).toBeCloseTo(0.2, 12);
    expect(row.diverged.map(({ id }) => id)).toEqual([3]);
    expect(row.counted).toBe(2);
    // By itself it shows what its last probe found.
    expect(group(measured(3, 9, { status: 'diverged' })).cells.get('same/40')!.mean).toBe(9);
  });

  test('keeps NaN visible', () => {
    expect(group(measured(1, NaN)).cells.get('same/10')).toEqual({ mean: NaN, deviation: null, n: 0, nonFinite: 1 });
    expect(group(measured(1, NaN), measured(2, 1)).cells.get('same/10')).toEqual({ mean: 1, deviation: null, n: 1, nonFinite: 1 });
  });

  test('says who has no results yet', () => {
    const run = sampleRun(9);
    const row = resultRow({ key: 'g', label: 'g', runs: [run] }, () => undefined);
    expect(row).toMatchObject({ counted: 0, missing: [run], iterations: null, verdicts: [] });
  });

  test('against a baseline has difference and ratio', () => {
    const cells = (error: number) => group(measured(1, error)).cells.get('same/10');
    expect(deltaOf(cells(0.3), cells(0.1))).toEqual({ difference: expect.closeTo(0.2, 12), ratio: expect.closeTo(3, 12) });
    expect(deltaOf(cells(0.3), undefined)).toBeUndefined();
  });
});

describe('order of rows', () => {
  const rows = [0.3, NaN, 0.1, 0.2].map((error, i) => resultRow({ key: String(i), label: `run ${[2, 10, 1, 3][i]}`, runs: [measured(i + 1, error).run] }, () => measured(i + 1, error)));
  test.each([
    [{ column: 'same/10', descending: false }, '2301'],
    [{ column: 'same/10', descending: true }, '0321'],
    [{ column: 'name', descending: false }, '2031'],
    [null, '0123'],
  ])('%j puts NaN last and numbers in names in order', (sort, expected) => {
    expect(sortRows(rows, sort).map(({ key }) => key).join('')).toBe(expected);
  });
});

describe('the verdict', () => {
  test('names what a run beats and what it does not', () => {
    const verdict = verdictOf('same', [measured(1, 0.01)])!;
    expect(verdict.updates).toBe(40);
    expect(verdictWords(verdict, String)).toBe('beats predict 0 (0.66); does not beat a linear map (A + B) (0)');
  });

  test('counts the runs of a group; NaN beats nothing', () => {
    expect(verdictWords(verdictOf('same', [measured(1, 0.01), measured(2, NaN), measured(3, 0.7)])!, (value) => value.toFixed(2))).toBe('1 of 3 runs beat predict 0 (0.66); does not beat a linear map (A + B) (0.00)');
    expect(verdictOf('harder', [measured(1, 0.01)])).toBeUndefined();
  });
});

describe('published numbers', () => {
  test('belong to the same method, task and size alone', () => {
    expect(publishedFor(sampleRun(1))).toEqual({ same: 0.0003, harder: 0.0021, source: expect.stringContaining('rank 20') as string, differs: [] });
    // Of ponder the released loss was published, and of a baseline no setting that it does not have makes a difference.
    expect(publishedFor(sampleRun(1, { method: 'ponder', ponder_loss: 'release', step_size: 1 }))).toMatchObject({ same: 0.0111, harder: 0.3446, differs: [] });
    expect(publishedFor(sampleRun(1, { method: 'ponder' }))).toBeUndefined();
    expect(publishedFor(sampleRun(1, { ...PRESETS.graph.settings, method: 'feedforward' }))).toMatchObject({ same: null, harder: 1.4089, differs: [] });
    expect(publishedFor(sampleRun(1, { ...PRESETS.graph.settings, method: 'feedforward', decoder: 'edge-aware' }))).toBeUndefined();
    expect(publishedFor(sampleRun(1, { rank: 4 }))).toBeUndefined();
    expect(publishedFor(sampleRun(1, { task: 'dataset', data: 'x.npz' }))).toBeUndefined();
  });

  test('say which settings are not as published; what is recorded and the seed do not matter', () => {
    const differs = publishedFor(sampleRun(1, { task: 'inverse', seed: 7, probe_every: 5, hidden: 128, learnable_step_size: true }))!.differs;
    expect(differs).toEqual([
      { name: 'hidden', title: 'Hidden width', here: '128', published: '512' },
      { name: 'learnable_step_size', title: 'Learn λ', here: 'true', published: 'false' },
    ]);
  });
});

describe('the table as text', () => {
  const found = [measured(1, 0.1), measured(2, 0.3)];
  const row = resultRow({ key: 'g', label: 'a "b", c|d', runs: found.map(({ run }) => run) }, (run) => found.find((entry) => entry.run === run));

  test('CSV keeps every digit and quotes names', () => {
    const [head, line] = tableCsv([row]).split('\n');
    expect(line).toMatch(/^"a ""b"", c\|d",1 2,2,0,probe,1000,32,0\.2,0\.1414\d+,2,0,/);
    expect(head!.split(',')).toHaveLength(7 + 40 + 5);
  });

  test('Markdown is for reading', () => {
    const lines = tableMarkdown([row], (value) => value.toPrecision(2)).trim().split('\n');
    expect(lines[4]).toContain('| a "b", c\\|d | 2 | 0.20 ± 0.14 |');
    expect(lines[4]).toContain('probe of 32 problems at iteration 1000');
    expect(lines[2]!.split('|')).toHaveLength(lines[3]!.split('|').length);
  });
});
