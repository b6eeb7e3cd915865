import { expect, it } from 'vitest';
import { fittingColumns, leastWidth } from '../../../../src-renderer/features/replay/table-layout.ts';
import { tableColumns } from '../../../../src-renderer/features/replay/table-columns.ts';

const matrix = { count: 1, rows: 20, columns: 20 };
const pictures = { x: { ...matrix, count: 2 }, y: matrix };
const all = tableColumns(true, true);
const names = (width: number) => fittingColumns(all, pictures, width).map(({ column }) => column);

it('the table shows every column where there is room, and else spares what can be done without', () => {
  const whole = leastWidth(pictures, all);
  expect(names(whole)).toEqual(all.map(({ column }) => column));
  expect(names(whole - 1)).not.toContain('problem');
  for (let width = 200; width < whole; width += 10) {
    const columns = fittingColumns(all, pictures, width);
    if (columns.length > 3) expect(leastWidth(pictures, columns)).toBeLessThanOrEqual(width);
  }
});

it('keeps energies and error in the narrowest table', () => {
  expect(names(0)).toEqual(['energy', 'energyNow', 'error']);
});

it('has room for the columns of problems without pictures', () => {
  expect(leastWidth(null, [])).toBe(11);
  expect(fittingColumns(tableColumns(false, false), null, 2000)).toHaveLength(tableColumns(false, false).length);
});
