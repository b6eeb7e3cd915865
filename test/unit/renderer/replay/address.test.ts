import { describe, expect, it } from 'vitest';
import { fromQuery, toQuery, type View } from '../../../../src-renderer/features/replay/address.ts';
import { NO_FILTER } from '../../../../src-renderer/features/replay/filter.ts';
import { FIRST_SORT } from '../../../../src-renderer/features/replay/sort.ts';

const FIRST: View = { uid: null, sort: FIRST_SORT, filter: NO_FILTER, tab: 'answer', way: 'table' };

describe('the address', () => {
  it('is empty at first', () => {
    expect(toQuery(FIRST)).toEqual({});
    expect(fromQuery({})).toEqual(FIRST);
  });

  it('reopens what was seen', () => {
    const view: View = { uid: 0, sort: { column: 'error', descending: false }, filter: { ranges: { energy: [-0.5, 1e-7], uses: [2, Infinity], age: [-Infinity, 4] }, falseMinima: true }, tab: 'reason', way: 'scatter' };
    expect(fromQuery(toQuery(view))).toEqual(view);
  });

  it('takes parts that mean nothing as at first', () => {
    expect(fromQuery({ uid: '-1', sort: 'colour-up', filter: 'energy:a~b;__proto__:1~2;nothing', tab: 'x', way: 'x' })).toEqual(FIRST);
    expect(fromQuery({ uid: ['1', '2'], sort: null })).toEqual(FIRST);
    expect(fromQuery({ filter: 'nothing;energy:1~2' }).filter.ranges).toEqual({ energy: [1, 2] });
  });
});
