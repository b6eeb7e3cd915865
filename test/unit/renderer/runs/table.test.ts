import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../../../src-renderer/features/runs/table/columns.ts';
import { inSight } from '../../../../src-renderer/features/runs/table/in-sight.ts';
import { FIRST_LAYOUT, moved, orderedColumns, readLayout, shownColumns, withPlace, withShown, withWidth } from '../../../../src-renderer/features/runs/table/layout.ts';
import { everything, existing, NOTHING, only, range, toggle } from '../../../../src-renderer/features/runs/table/selection.ts';
import { clickSort, FIRST_SORT, readSort, sortRuns, writeSort } from '../../../../src-renderer/features/runs/table/sort.ts';
import { wholeOf } from '../../../../src-renderer/features/runs/table/whole.ts';
import { aRun } from './a-run.ts';

describe('sorting', () => {
  const runs = [aRun({ id: 1, lastLoss: 0.2, seed: 1 }), aRun({ id: 2, lastLoss: NaN }), aRun({ id: 3, lastLoss: 0.1, seed: 0 }), aRun({ id: 4, lastLoss: null }), aRun({ id: 5, lastLoss: 0.2, seed: 0 })];
  const ids = (keys: string) => sortRuns(runs, readSort(keys), 0).map(({ id }) => id);

  it('puts NaN after numbers and nothing last, whichever way', () => {
    expect(ids('loss')).toEqual([3, 5, 1, 2, 4]);
    expect(ids('-loss')).toEqual([5, 1, 3, 2, 4]);
  });
  it('uses the second key among equals, then the newest', () => {
    expect(ids('-loss,-seed')).toEqual([1, 5, 3, 2, 4]);
    expect(ids('task')).toEqual([5, 4, 3, 2, 1]);
  });
  it('sorts by a setting that only some runs have changed', () => {
    const mixed = [aRun({ id: 1, changes: { rank: 8 } }), aRun({ id: 2, changes: {} }), aRun({ id: 3, changes: { rank: 4 } })];
    expect(sortRuns(mixed, readSort('rank'), 0).map(({ id }) => id)).toEqual([3, 1, 2]);
  });
  it('turns around, then goes back, on clicks', () => {
    const once = clickSort(FIRST_SORT, 'loss', false);
    expect(writeSort(once)).toBe('loss');
    const twice = clickSort(once, 'loss', false);
    expect(writeSort(twice)).toBe('-loss');
    expect(clickSort(twice, 'loss', false)).toBe(FIRST_SORT);
  });
  it('adds, turns and takes away a further key with Shift', () => {
    const two = clickSort(readSort('task'), 'loss', true);
    expect(writeSort(two)).toBe('task,loss');
    expect(writeSort(clickSort(two, 'task', true))).toBe('-task,loss');
    expect(writeSort(clickSort(readSort('-task,loss'), 'task', true))).toBe('loss');
  });
  it('ignores columns that an address makes up', () => {
    expect(readSort('nonsense,curve')).toBe(FIRST_SORT);
    expect(writeSort(readSort('nonsense,-loss'))).toBe('-loss');
  });
});

describe('selection', () => {
  const shown = [5, 4, 3, 2, 1];
  const chosen = (selection: { chosen: ReadonlySet<number> }) => [...selection.chosen].sort();

  it('toggles, and keeps where a range starts', () => {
    const two = toggle(toggle(NOTHING, 4), 2);
    expect(chosen(two)).toEqual([2, 4]);
    expect(chosen(toggle(two, 4))).toEqual([2]);
    expect(chosen(range(two, shown, 5))).toEqual([2, 3, 4, 5]);
  });
  it('takes a range from the same anchor again, both ways', () => {
    const down = range(only(3), shown, 1);
    expect(chosen(down)).toEqual([1, 2, 3]);
    expect(chosen(range(down, shown, 5))).toEqual([3, 4, 5]);
  });
  it('takes one run when the anchor is filtered away', () => expect(chosen(range(only(9), shown, 2))).toEqual([2]));
  it('takes all that is shown', () => expect(everything(shown).chosen.size).toBe(5));
  it('forgets runs that are gone', () => {
    const all = everything(shown);
    expect(chosen(existing(all, (id) => id !== 3))).toEqual([1, 2, 4, 5]);
    expect(existing(all, () => true)).toBe(all);
  });
});

describe('columns', () => {
  const ids = (layout: Parameters<typeof shownColumns>[0]) => shownColumns(layout).map(({ id }) => id);
  const first = ids(FIRST_LAYOUT);

  it('has the name first and every column once', () => {
    expect(first[0]).toBe('name');
    const all = orderedColumns(withPlace(FIRST_LAYOUT, 'seed', 'status')).map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });
  it('moves a column past its shown neighbours, and not past the name or the end', () => {
    const second = first[1]!;
    expect(ids(moved(FIRST_LAYOUT, second, 1)).slice(0, 3)).toEqual(['name', first[2], second]);
    expect(ids(moved(moved(FIRST_LAYOUT, second, 1), second, -1))).toEqual(first);
    expect(ids(moved(FIRST_LAYOUT, second, -1))).toEqual(first);
    expect(ids(moved(FIRST_LAYOUT, first.at(-1)!, 1))).toEqual(first);
    expect(ids(moved(FIRST_LAYOUT, first.at(-2)!, 1)).at(-1)).toBe(first.at(-2));
    expect(ids(moved(FIRST_LAYOUT, 'name', 1))).toEqual(first);
  });
  it('shows and hides, but never hides the name', () => {
    expect(ids(withShown(FIRST_LAYOUT, 'rank', true))).toContain('rank');
    expect(ids(withShown(FIRST_LAYOUT, 'task', false))).not.toContain('task');
    expect(ids(withShown(FIRST_LAYOUT, 'name', false))).toContain('name');
  });
  it('keeps widths in bounds', () => {
    expect(withWidth(FIRST_LAYOUT, 'task', 3).widths['task']).toBe(48);
    expect(withWidth(FIRST_LAYOUT, 'task', 1e9).widths['task']).toBe(800);
  });
  it('reads whatever was remembered', () => {
    for (const odd of [undefined, null, 7, 'x', [], { order: 'no' }, { order: ['gone', 'task'] }]) expect(ids(readLayout(odd))).toContain('name');
    expect(ids(readLayout({ order: ['task'], shown: {}, widths: {} }))[1]).toBe('task');
  });
});

describe('columns in sight', () => {
  const columns = shownColumns(FIRST_LAYOUT).slice(0, 6);
  const ends = [400, 800, 1200, 1600, 2000, 2400];
  const at = (left: number, width: number) => inSight(columns, ends, left, width).map((placed) => placed.at);

  it('are those in the window, a little beyond its edges, and the name', () => {
    expect(at(0, 700)).toEqual([0, 1, 2]);
    expect(at(0, 500)).toEqual([0, 1]);
    expect(at(1000, 300)).toEqual([0, 2, 3]);
    expect(at(1900, 500)).toEqual([0, 4, 5]);
    expect(at(1300, 10_000)).toEqual([0, 2, 3, 4, 5]);
  });

  it('say for how many letters they have more than room, so that what is beyond is not laid out', () => {
    const widths = columns.map((_, i) => ends[i]! - (ends[i - 1] ?? 0));
    // The narrowest letters of the table's typeface (i, j, l), measured in Chromium at its 13 pixels.
    for (const { at: place, room } of inSight(columns, ends, 0, 10_000)) expect(room * 3.15).toBeGreaterThan(widths[place]!);
  });
});

describe('a cell under the pointer', () => {
  const zero = { name: 'zero', label: 'predict 0', difficulty: 'same' as const, error: 0.5 };
  const run = aRun({ lastLoss: 0.123456789, iteration: 3, iterations: 10, lastError: { same: 0.25, harder: null }, references: [zero] });
  const write = { number: (value: number | null) => (value === null ? '' : value.toFixed(2)), count: String };
  const words = (id: string) => wholeOf(COLUMNS.find((column) => column.id === id)!, run, write, 0);

  it('has its numbers in every digit, and its error beside the trivial answers', () => {
    expect(words('loss')).toBe('0.123456789');
    expect(words('progress')).toBe('3 of 10');
    expect(words('error')).toBe('Mean squared error 0.25 on the probe’s problems as in training.\nBeats predict 0 (0.50).');
  });
  it('says nothing where there is nothing, or where what is in it says it', () => {
    expect(['harder', 'status', 'name', 'tags', 'curve'].map(words)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});
