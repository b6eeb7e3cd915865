import { expect, it } from 'vitest';
import { facts, table } from '../../../src-main/cli/table.ts';

it('table aligns every column, and continues lines of the last one under its heading', () => {
  const text = table([{ title: 'Run', align: 'right' }, { title: 'Name' }, { title: 'Why' }], [['3', 'short', 'one'], ['1200', 'a longer name', 'first\nsecond']]);
  expect(text.split('\n')).toEqual([' Run  Name           Why', '   3  short          one', '1200  a longer name  first', '                     second']);
});

it('table without rows is its headings', () => {
  expect(table([{ title: 'Run' }, { title: 'Name' }], [])).toBe('Run  Name');
});

it('facts align names and values', () => {
  expect(facts([['Run', '3'], ['Status', 'finished\nwell']]).split('\n')).toEqual(['Run     3', 'Status  finished', '        well']);
});
