import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../../../../src-main/contract/settings.ts';
import { readIds, writeIds } from '../../../../src-renderer/features/compare/view/id-list.ts';
import { readLink, writeLink } from '../../../../src-renderer/features/compare/view/link.ts';
import { DEFAULT_CHARTS, EMPTY_VIEW, MAX_CHARTS, MAX_RUNS, type CompareView } from '../../../../src-renderer/features/compare/view/view.ts';

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: MAX_RUNS });
const name = fc.stringMatching(/^[a-z_]{1,12}(\/[a-z0-9_]{1,8}){0,3}$/);
const settingNames = fc.subarray(SETTINGS.map((setting) => setting.name), { minLength: 1 });
const axis = fc.record({ field: name, log: fc.boolean() });
const weight = fc.double({ min: 0.001, max: 0.999, noNaN: true });

/** Any view that the page can be in. */
const views = fc
  .record({
    runs: ids,
    hide: fc.array(fc.boolean(), { minLength: MAX_RUNS, maxLength: MAX_RUNS }),
    baselineAt: fc.option(fc.nat({ max: MAX_RUNS - 1 })),
    grouping: fc.oneof(fc.constant('none' as const), fc.constant('seeds' as const), settingNames),
    members: fc.boolean(),
    axis: fc.constantFrom('iteration' as const, 'time' as const, 'share' as const),
    charts: fc.oneof(
      fc.constant(DEFAULT_CHARTS),
      fc.uniqueArray(fc.record({ metric: name, scale: fc.constantFrom(null, 'linear' as const, 'log' as const, 'symlog' as const), smoothing: fc.oneof(fc.constant(0), weight) }), { maxLength: MAX_CHARTS, selector: ({ metric }) => metric }),
    ),
    allSettings: fc.boolean(),
    source: fc.constantFrom('probe' as const, 'evaluation' as const),
    sort: fc.option(fc.record({ column: name, descending: fc.boolean() })),
    scatter: fc.option(fc.record({ x: axis, y: axis })),
    parallel: fc.option(fc.uniqueArray(name, { maxLength: 8 })),
  })
  .map(({ hide, baselineAt, ...rest }): CompareView => ({ ...rest, hidden: rest.runs.filter((_, index) => hide[index]), baseline: baselineAt === null ? null : (rest.runs[baselineAt] ?? null) }));

describe('the address of a comparison', () => {
  test('reopens every view as it was', () => {
    fc.assert(
      fc.property(views, (view) => {
        // Through a real address: what the browser keeps is text.
        const address = new URLSearchParams(writeLink(view)).toString();
        expect(readLink(Object.fromEntries(new URLSearchParams(address)))).toEqual({ view, problems: [] });
      }),
    );
  });

  test('is short and readable', () => {
    const view: CompareView = { ...EMPTY_VIEW, runs: [3, 4, 5, 6, 7, 12], hidden: [4], baseline: 3, grouping: ['batch', 'hidden'], charts: [{ metric: 'loss', scale: 'log', smoothing: 0.9 }, { metric: 'ms', scale: null, smoothing: 0 }] };
    expect(writeLink(view)).toEqual({ v: '1', runs: '3-7,12', hide: '4', base: '3', group: 'batch,hidden', charts: 'loss~log~0.9,ms' });
    expect(new URLSearchParams(writeLink({ ...EMPTY_VIEW, runs: Array.from({ length: MAX_RUNS }, (_, index) => index + 1) })).toString()).toBe('v=1&runs=1-200');
  });

  test('of other pages is enough with the runs alone', () => {
    expect(readLink({ runs: '2,1' }).view).toEqual({ ...EMPTY_VIEW, runs: [2, 1] });
    expect(readLink({})).toEqual({ view: EMPTY_VIEW, problems: [] });
  });

  test('says what it cannot show and shows the rest', () => {
    const { view, problems } = readLink({ v: '7', runs: '1,x,9-4,2', hide: '2,5', base: '8', group: 'batch,colour', x: 'moon', errors: 'dreams', charts: 'loss~cubic~3,loss' });
    expect(view).toEqual({ ...EMPTY_VIEW, runs: [1, 2], hidden: [2], grouping: ['batch'], charts: [{ metric: 'loss', scale: null, smoothing: 0 }] });
    expect(problems).toEqual([
      'It was made by another version of Basin (link version 7; this one reads 1), so some of it may be missing.',
      '"x, 9-4" is no run number.',
      '"colour" is no setting to group by.',
      '"moon" is no x axis; iterations are shown.',
      '"dreams" is nothing that errors are measured on; those of the newest probe are shown.',
    ]);
  });

  test('with a monstrous range stays small', () => {
    const { view, problems } = readLink({ runs: '1-999999999999999' });
    expect(view.runs).toHaveLength(MAX_RUNS);
    expect(problems).toEqual([`It names more than ${MAX_RUNS} runs; the first ${MAX_RUNS} are shown.`]);
  });

  test('never fails, whatever is in it', () => {
    const keys = fc.constantFrom('v', 'runs', 'hide', 'base', 'group', 'members', 'x', 'charts', 'all', 'errors', 'sort', 'scatter', 'parallel', '__proto__');
    fc.assert(fc.property(fc.dictionary(keys, fc.oneof(fc.string(), fc.constant(null), fc.array(fc.string(), { maxLength: 2 }))), (query) => void readLink(query)));
  });
});

describe('run numbers as text', () => {
  test('keep their order and come back', () => {
    fc.assert(fc.property(ids, (list) => {
      expect(readIds(writeIds(list), MAX_RUNS)).toEqual({ ids: list, wrong: [], cut: false });
    }));
    expect(writeIds([5, 4, 3, 7, 8, 9, 1, 2])).toBe('5,4,3,7-9,1,2');
  });
});
