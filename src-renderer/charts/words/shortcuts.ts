/** A key that does something while a chart has the focus. */
export interface ChartShortcut {
  readonly keys: string;
  readonly does: string;
}

/** Keys of a focused line chart, for the list of shortcuts and the chart's own help. */
export const CHART_SHORTCUTS: readonly ChartShortcut[] = [
  { keys: '← →', does: 'Move the cursor to the next sample' },
  { keys: 'Page ↑ Page ↓', does: 'Move the cursor by a tenth of the window' },
  { keys: 'Home End', does: 'Move the cursor to the first or last sample in sight' },
  { keys: '+ −', does: 'Zoom in or out along x' },
  { keys: 'Shift ← → ↑ ↓', does: 'Move the window' },
  { keys: '0', does: 'Show everything again' },
  { keys: 'L', does: 'Change the scale: linear, log, symlog' },
  { keys: 'S', does: 'Smooth' },
  { keys: 'Y', does: 'Pin the y range, or let it fit again' },
  { keys: 'F', does: 'Fill the window, or go back' },
  { keys: 'T', does: 'Show as table, or as chart' },
  { keys: 'C', does: 'Copy as PNG' },
  { keys: 'P', does: 'Save as PNG' },
  { keys: 'V', does: 'Save as SVG' },
  { keys: 'X', does: 'Save as CSV' },
  { keys: 'Escape', does: 'Hide the cursor, or leave the full window' },
];
