import type { MenuItem } from '../../controls/ActionMenu.vue';
import type { Scale } from '../types.ts';

/** What the menu of a line chart can do. */
export interface LineActions {
  setScale(scale: Scale): void;
  smooth(): void;
  pin(): void;
  reset(): void;
  toggleFull(): void;
  toggleTable(): void;
  copyPng(): void;
  copySvg(): void;
  copyCsv(): void;
  savePng(): void;
  saveSvg(): void;
  saveCsv(): void;
}

export interface LineState {
  readonly scale: Scale;
  readonly smoothable: boolean;
  readonly smoothing: number;
  readonly pinned: boolean;
  readonly moved: boolean;
  readonly full: boolean;
  readonly table: boolean;
  readonly empty: boolean;
}

const SCALES: readonly { scale: Scale; label: string }[] = [
  { scale: 'linear', label: 'Linear scale' },
  { scale: 'log', label: 'Log scale' },
  { scale: 'symlog', label: 'Symlog scale' },
];

export function lineMenu(state: LineState, actions: LineActions): MenuItem[] {
  const { empty } = state;
  return [
    ...SCALES.map(({ scale, label }) => ({ label, checked: state.scale === scale, ...(scale === 'linear' ? { keys: 'L' } : {}), run: () => actions.setScale(scale) })),
    ...(state.smoothable ? [{ label: state.smoothing > 0 ? 'Change smoothing' : 'Smooth', keys: 'S', separated: true, run: () => actions.smooth() }] : []),
    { label: 'Pin the y range', keys: 'Y', checked: state.pinned, separated: !state.smoothable, run: () => actions.pin() },
    { label: 'Show everything', keys: '0', disabled: !state.moved, run: () => actions.reset() },
    { label: 'Fill the window', keys: 'F', checked: state.full, separated: true, run: () => actions.toggleFull() },
    { label: 'Show as table', keys: 'T', checked: state.table, disabled: empty, run: () => actions.toggleTable() },
    { label: 'Copy as PNG', keys: 'C', disabled: empty, separated: true, run: () => actions.copyPng() },
    { label: 'Copy as SVG', disabled: empty, run: () => actions.copySvg() },
    { label: 'Copy as CSV', disabled: empty, run: () => actions.copyCsv() },
    { label: 'Save as PNG', keys: 'P', disabled: empty, separated: true, run: () => actions.savePng() },
    { label: 'Save as SVG', keys: 'V', disabled: empty, run: () => actions.saveSvg() },
    { label: 'Save as CSV', keys: 'X', disabled: empty, run: () => actions.saveCsv() },
  ];
}
