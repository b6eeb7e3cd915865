import { describe, expect, it } from 'vitest';
import { gridAction } from '../../../../src-renderer/features/runs/table/grid-keys.ts';

const size = { rows: 100, columns: 10, page: 20 };
const press = (keys: string) => {
  const parts = keys.split('+');
  return { key: parts.at(-1)!, ctrlKey: parts.includes('ctrl'), metaKey: parts.includes('meta'), shiftKey: parts.includes('shift'), altKey: parts.includes('alt') };
};
const at = (row: number, column: number, keys: string) => gridAction(press(keys), { row, column }, size);
const move = (row: number, column: number, extend = false) => ({ do: 'move', to: { row, column }, extend });

describe('moves', () => {
  it.each([
    [5, 3, 'ArrowDown', move(6, 3)],
    [99, 3, 'ArrowDown', move(99, 3)],
    [0, 3, 'ArrowUp', move(-1, 3)],
    [-1, 3, 'ArrowUp', move(-1, 3)],
    [-1, 3, 'ArrowDown', move(0, 3)],
    [5, 0, 'ArrowLeft', move(5, 0)],
    [5, 9, 'ArrowRight', move(5, 9)],
    [5, 3, 'PageDown', move(25, 3)],
    [5, 3, 'PageUp', move(0, 3)],
    [5, 3, 'Home', move(5, 0)],
    [5, 3, 'End', move(5, 9)],
    [5, 3, 'ctrl+Home', move(0, 0)],
    [5, 3, 'meta+End', move(99, 9)],
    [5, 3, 'ctrl+ArrowDown', move(99, 3)],
    [5, 3, 'shift+ArrowDown', move(6, 3, true)],
    [5, 3, 'shift+ArrowRight', move(5, 4)],
    [99, 3, 'shift+ArrowDown', move(99, 3)],
    [0, 3, 'shift+ArrowUp', move(-1, 3)],
  ])('from row %i, column %i: %s', (row, column, keys, action) => expect(at(row, column, keys)).toEqual(action));
});

describe('acts', () => {
  it.each([
    [5, 'Enter', { do: 'open' }],
    [5, ' ', { do: 'toggle' }],
    [5, 'ctrl+a', { do: 'all' }],
    [5, 'Escape', { do: 'none' }],
    [-1, 'Enter', { do: 'sort', add: false }],
    [-1, 'shift+Enter', { do: 'sort', add: true }],
    [-1, ' ', { do: 'sort', add: false }],
    [-1, 'shift+ArrowRight', { do: 'width', by: 1 }],
    [-1, 'shift+ArrowLeft', { do: 'width', by: -1 }],
    [-1, 'alt+ArrowLeft', { do: 'shift', by: -1 }],
  ])('in row %i: %s', (row, keys, action) => expect(at(row, 3, keys)).toEqual(action));
  it.each(['x', 'Tab', 'alt+ArrowLeft', 'alt+Enter', 'F5', 'ctrl+c'])('leaves %s to others', (keys) => expect(at(5, 3, keys)).toBeUndefined());
});
