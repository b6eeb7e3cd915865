/** What keys do in the table of runs, as a person reads them (features/runs/table/grid-keys.ts does it). */
export const TABLE_KEYS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: '← → ↑ ↓', does: 'Move between cells' },
  { keys: 'Ctrl Home', does: 'First row' },
  { keys: 'Ctrl End', does: 'Last row' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: 'Space', does: 'Choose the row, or not' },
  { keys: 'Shift ↑ ↓', does: 'Choose up to a row' },
  { keys: 'Ctrl A', does: 'Choose all that fit the filter' },
  { keys: 'Esc', does: 'Choose none' },
  { keys: 'Enter', does: 'On a title: sort (with Shift: as a further key)' },
  { keys: 'Shift ← →', does: 'On a title: change the width' },
  { keys: 'Alt ← →', does: 'On a title: move the column' },
];
