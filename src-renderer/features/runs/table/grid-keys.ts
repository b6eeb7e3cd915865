/** Where the keyboard is in the grid; row −1 is that of the titles, column 0 the one of the checkboxes. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export type GridAction =
  | { readonly do: 'move'; readonly to: Place; readonly extend: boolean }
  | { readonly do: 'toggle' | 'open' | 'all' | 'none' }
  | { readonly do: 'sort'; readonly add: boolean }
  | { readonly do: 'width' | 'shift'; readonly by: 1 | -1 };

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that a page key moves. */
  readonly page: number;
}

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * What a key does in the grid (as the ARIA grid pattern has it); undefined for a key that is somebody else's.
 * On titles: Enter or Space sorts (Shift adds), Shift with arrows changes the width, Alt with arrows moves the column.
 */
export function gridAction(press: Press, at: Place, size: GridSize): GridAction | undefined {
  const { key, shiftKey, altKey } = press;
  const held = press.ctrlKey || press.metaKey;
  const onTitles = at.row === -1;
  const sideways = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;

  if (onTitles && sideways !== 0 && (altKey || shiftKey)) return { do: altKey ? 'shift' : 'width', by: sideways };
  if (altKey) return undefined;
  if (held && key.toLowerCase() === 'a') return { do: 'all' };
  if (key === 'Escape') return { do: 'none' };
  if (key === 'Enter' || key === ' ') {
    if (onTitles) return { do: 'sort', add: shiftKey };
    return key === ' ' ? { do: 'toggle' } : { do: 'open' };
  }
  const to = destination(key, held, at, size);
  return to && { do: 'move', to, extend: shiftKey && !onTitles && to.row !== at.row && to.row >= 0 };
}

function destination(key: string, held: boolean, { row, column }: Place, { rows, columns, page }: GridSize): Place | undefined {
  const lastRow = rows - 1;
  const go = (toRow: number, toColumn = column): Place => ({ row: Math.max(-1, Math.min(lastRow, toRow)), column: Math.max(0, Math.min(columns - 1, toColumn)) });
  switch (key) {
    case 'ArrowUp':
      return go(held ? 0 : row - 1);
    case 'ArrowDown':
      return go(held ? lastRow : row + 1);
    case 'ArrowLeft':
      return go(row, column - 1);
    case 'ArrowRight':
      return go(row, column + 1);
    case 'PageUp':
      return go(Math.max(0, row - page));
    case 'PageDown':
      return go(row + page);
    case 'Home':
      return held ? go(0, 0) : go(row, 0);
    case 'End':
      return held ? go(lastRow, columns - 1) : go(row, columns - 1);
    default:
      return undefined;
  }
}
