import type { MenuEntry } from './menu-entry.ts';
import type { Saving } from '../save/useSaving.ts';

/** The entry that is left out where a chart cannot fill the window. */
export const FILL = 'Fill the window';

/** What every chart's menu ends with: fill the window, show as table, copy, save. */
export function savingItems(saving: Saving, { full, table, empty }: { full: boolean; table: boolean; empty: boolean }, toggleFull: () => void, toggleTable: () => void, keys = false): MenuEntry[] {
  const key = (name: string): { keys?: string } => (keys ? { keys: name } : {});
  return [
    { label: FILL, ...key('F'), checked: full, separated: true, run: toggleFull },
    { label: 'Show as table', ...key('T'), checked: table, disabled: empty, run: toggleTable },
    { label: 'Copy as PNG', ...key('C'), disabled: empty, separated: true, run: () => void saving.copyPng() },
    { label: 'Copy as SVG', disabled: empty, run: () => void saving.copySvg() },
    { label: 'Copy as CSV', disabled: empty, run: () => void saving.copyCsv() },
    { label: 'Save as PNG', ...key('P'), disabled: empty, separated: true, run: () => void saving.savePng() },
    { label: 'Save as SVG', ...key('V'), disabled: empty, run: () => void saving.saveSvg() },
    { label: 'Save as CSV', ...key('X'), disabled: empty, run: () => void saving.saveCsv() },
  ];
}
