import { describe, expect, test } from 'vitest';
import { groupRuns } from '../../../../src-renderer/features/compare/groups/group-runs.ts';
import type { Curve } from '../../../../src-renderer/features/compare/groups/mean-curve.ts';
import { styleOf } from '../../../../src-renderer/format/colours.ts';
import { groupStyles } from '../../../../src-renderer/features/compare/lines/group-style.ts';
import { BAND, LinesMaker, type LinesInput } from '../../../../src-renderer/features/compare/lines/lines.ts';
import { referenceLines } from '../../../../src-renderer/features/compare/lines/references.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { sampleRun } from './sample-run.ts';

const curve = (y: readonly number[], x: readonly number[] = y.map((_, i) => i + 1)): Curve => ({ x: Float64Array.from(x), y: Float64Array.from(y) });

function input(runs: readonly RunSummary[], curves: Readonly<Record<number, Curve>>, rest: Partial<LinesInput> = {}): LinesInput {
  const groups = rest.groups ?? groupRuns(runs, 'none');
  return { groups, styles: groupStyles(groups), dark: false, axis: 'iteration', curve: (run) => curves[run], elapsed: () => undefined, members: false, highlighted: null, baseline: null, exact: false, ...rest };
}

const runs = [sampleRun(1, { seed: 1 }), sampleRun(2, { seed: 2 }), sampleRun(3, { seed: 3, hidden: 64 })];
const grouped = groupRuns(runs, 'seeds');
const curves = { 1: curve([1, 2, 3]), 2: curve([3, 4]), 3: curve([9, NaN]) };

describe('lines of runs', () => {
  test('are their own curves, without a band', () => {
    const { series, notes } = new LinesMaker().make(input(runs, curves));
    expect(series.map(({ label, y, band }) => ({ label, y: [...y], band }))).toEqual([
      { label: 'addition-1', y: [1, 2, 3], band: undefined },
      { label: 'addition-2', y: [3, 4], band: undefined },
      { label: 'addition-3', y: [9, NaN], band: undefined },
    ]);
    expect(notes).toEqual([]);
  });

  test('that were not recorded are named; those that are still being read are not', () => {
    const waiting = sampleRun(4, {}, { status: 'queued' });
    const { series, notes } = new LinesMaker().make(input([...runs, waiting], { 1: curve([1]), 2: curve([]), 4: curve([]) }));
    expect(series).toHaveLength(1);
    expect(notes).toEqual(['Not recorded by addition-2.', 'Still in the queue: addition-4.']);
  });

  test('stay the same objects until something of theirs changes', () => {
    const maker = new LinesMaker();
    const first = maker.make(input(runs, curves, { groups: grouped, members: true })).series;
    const second = maker.make(input(runs, { ...curves, 3: curve([9, 9]) }, { groups: grouped, members: true })).series;
    expect(second.map((series, i) => series === first[i])).toEqual([true, true, true, false]);
    const faded = maker.make(input(runs, curves, { groups: grouped, highlighted: grouped[1]!.key })).series;
    expect(faded.map(({ opacity, width }) => [opacity, width])).toEqual([[0.2, 1.75], [1, 3]]);
  });
});

describe('lines of groups', () => {
  test('are means with a band whose meaning is said, and n in the label', () => {
    const { series } = new LinesMaker().make(input(runs, curves, { groups: grouped }));
    expect(series.map(({ label, y }) => [label, [...y]])).toEqual([['Hidden width 512 (n = 2)', [2, 3, 3]], ['Hidden width 64', [9, NaN]]]);
    expect(series[0]!.band!.meaning).toBe(BAND);
    expect([...series[0]!.band!.high]).toEqual([2 + Math.SQRT2, 3 + Math.SQRT2, 3]);
    expect(series[1]!.band).toBeUndefined();
  });

  test('say from where fewer contribute, and why', () => {
    const all = groupRuns(runs, ['task']);
    const { notes, markers } = new LinesMaker().make(input(runs, curves, { groups: all }));
    expect(notes).toEqual(['addition: from iteration 2, 2 of 3 contribute (addition-3 is not finite).', 'addition: from iteration 3, 1 of 3 contribute (addition-2 ended).']);
    expect(markers).toEqual([{ x: 2, kind: 'nan', label: 'addition-3 is not finite' }]);
  });

  test('tell a run that diverged from one that ended, and one that begins later', () => {
    const three = [runs[0]!, { ...runs[1]!, status: 'diverged' as const }, runs[2]!];
    const { notes } = new LinesMaker().make(input(three, { 1: curve([1, 1, 1, 1]), 2: curve([3, 3]), 3: curve([5, 5], [3, 4]) }, { groups: groupRuns(three, ['task']) }));
    expect(notes).toEqual(['addition: from iteration 3, 2 of 3 contribute (addition-2 diverged).', 'addition: before iteration 3 fewer than 3 contribute (addition-3 begins later).']);
  });

  test('over time are means at the same time, in windows that all groups share', () => {
    // Run 2 is twice as slow: 10 and 20 ms an iteration.
    const elapsed = (run: number) => curve([1, 2, 3, 4].map((i) => i * 10_000 * run));
    const two = [sampleRun(1, { seed: 1 }), sampleRun(2, { seed: 2 })];
    const { series, notes } = new LinesMaker().make(input(two, { 1: curve([1, 1, 1, 1]), 2: curve([3, 3, 3, 3]) }, { groups: groupRuns(two, 'seeds'), axis: 'time', elapsed }));
    expect(notes[0]).toBe('Groups: means over windows of 20 s.');
    expect([...series[0]!.x]).toEqual([10, 30, 50, 70, 90]);
    expect([...series[0]!.y]).toEqual([1, 2, 2, 3, 3]);
  });

  test('over shares of equal lengths need no windows', () => {
    const { series, notes } = new LinesMaker().make(input(runs, { 1: curve([1], [5000]), 2: curve([3], [5000]) }, { groups: grouped, axis: 'share' }));
    expect([...series[0]!.x]).toEqual([50]);
    expect([...series[0]!.y]).toEqual([2]);
    expect(notes).toEqual([]);
  });
});

test('groups have different colours although their oldest runs share one', () => {
  const many = [sampleRun(1, { batch: 1 }), sampleRun(2, { batch: 1 }), sampleRun(9, { batch: 2 }), sampleRun(10, { batch: 2 })];
  const styles = [...groupStyles(groupRuns(many, ['batch'])).values()];
  expect(styles[0]!.light).not.toBe(styles[1]!.light);
  // Runs by themselves keep what they have on every page: the same colour comes with another dash.
  const single = [...groupStyles(groupRuns(many, 'none')).values()];
  expect(single).toEqual([1, 2, 9, 10].map(styleOf));
  expect(single[0]!.light).toBe(single[2]!.light);
  expect(single[0]!.dash).not.toEqual(single[2]!.dash);
});

test('trivial levels are drawn once, with their range where runs differ', () => {
  const reference = (error: number) => ({ difficulty: 'same' as const, name: 'zero', label: 'predict 0', error });
  const run = (id: number, error: number, rest = {}) => sampleRun(id, {}, { references: [reference(error), { ...reference(1), difficulty: 'harder' }], ...rest });
  expect(referenceLines([run(1, 0.66), run(2, 0.67)], 'same')).toEqual([{ y: expect.closeTo(0.665), label: 'predict 0' }]);
  expect(referenceLines([run(1, 0.5), run(2, 0.7)], 'same')[0]!.label).toBe('predict 0 (0.50–0.70)');
  expect(referenceLines([run(1, 0.66), run(2, 0.02, { task: 'lowrank' })], 'same').map(({ label }) => label)).toEqual(['predict 0 · addition', 'predict 0 · lowrank']);
});
